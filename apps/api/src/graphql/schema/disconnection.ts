import { PipedreamError } from 'pipedream-client/server'
import {
  type Disconnection,
  type DisconnectionPlan,
  disconnectionSentence,
  type OwnedAccount,
  planDisconnection,
  runDisconnection,
} from '../../connect/disconnections.ts'
import { InvalidInput, NotAllowed, NotSignedIn, PlanChanged } from '../../errors.ts'
import { callAsGateway } from '../../pipedream/upstream-caller.ts'
import { builder } from './builder.ts'

const PlannedAccountRef = builder.objectRef<OwnedAccount>('PlannedAccount').implement({
  description: 'An account that would be disconnected.',
  authScopes: { operator: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    externalUserId: t.exposeID('externalUserId', { description: 'The user who owns the account.' }),
    app: t.string({
      description: 'Slug of the app; null if Pipedream did not name it.',
      nullable: true,
      resolve: ({ app }) => app?.slug ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
  }),
})

const DisconnectionPlanRef = builder.objectRef<DisconnectionPlan>('DisconnectionPlan').implement({
  description: 'The accounts that a run would disconnect, as currently listed by Pipedream.',
  fields: (t) => ({
    accounts: t.expose('accounts', { type: [PlannedAccountRef] }),
    count: t.int({ resolve: ({ accounts }) => accounts.length }),
    hasMore: t.exposeBoolean('hasMore', {
      description:
        'True if there are more than the 200 accounts that one run disconnects: create another plan afterwards.',
    }),
    confirmation: t.exposeString('confirmation', {
      description:
        'Pass it to `runDisconnection`. It is valid only for these accounts, this input and this operator.',
    }),
  }),
})

const TARGET = {
  externalUserId: 'The user whose accounts to disconnect. Default: all users.',
  app: 'Slug of the app. Default: all apps of the user.',
}

const PlanDisconnectionInput = builder.inputType('PlanDisconnectionInput', {
  description: 'Set `app`, `externalUserId`, or both.',
  fields: (t) => ({
    externalUserId: t.id({ required: false, description: TARGET.externalUserId }),
    app: t.string({ required: false, description: TARGET.app }),
  }),
})

builder.mutationField('planDisconnection', (t) =>
  t.withAuth({ operator: true }).field({
    type: DisconnectionPlanRef,
    description:
      'A dry run of `runDisconnection`: lists the accounts that would be disconnected, and changes nothing. For operators only.',
    errors: { types: [InvalidInput, NotSignedIn, NotAllowed, PipedreamError] },
    args: { input: t.arg({ type: PlanDisconnectionInput }) },
    resolve: (_mutation, { input }, context) =>
      callAsGateway(() => planDisconnection(input, context)),
  }),
)

const DisconnectionOutcomeRef = builder.objectRef<Disconnection>('DisconnectionOutcome').implement({
  fields: (t) => ({
    account: t.expose('account', { type: PlannedAccountRef }),
    isDisconnected: t.boolean({ resolve: ({ error }) => error === null }),
    error: t.string({
      description: 'Why the account is still connected; null if it was disconnected.',
      nullable: true,
      resolve: disconnectionSentence,
    }),
  }),
})

const DisconnectionRunRef = builder.objectRef<Disconnection[]>('DisconnectionRun').implement({
  description:
    'The outcome for each account of the plan. Accounts that could not be disconnected are not retried: create another plan.',
  fields: (t) => ({
    outcomes: t.field({ type: [DisconnectionOutcomeRef], resolve: (outcomes) => outcomes }),
    disconnectedCount: t.int({
      resolve: (outcomes) => outcomes.filter(({ error }) => error === null).length,
    }),
    failedCount: t.int({
      resolve: (outcomes) => outcomes.filter(({ error }) => error !== null).length,
    }),
  }),
})

const RunDisconnectionInput = builder.inputType('RunDisconnectionInput', {
  fields: (t) => ({
    externalUserId: t.id({ required: false, description: 'The same value as for the plan.' }),
    app: t.string({ required: false, description: 'The same value as for the plan.' }),
    confirmation: t.string({ description: 'The plan’s `confirmation`.' }),
  }),
})

builder.mutationField('runDisconnection', (t) =>
  t.withAuth({ operator: true }).field({
    type: DisconnectionRunRef,
    description:
      'Disconnects the accounts of a plan, if the list has not changed since: each is deleted at Pipedream, with its credentials. The run and each outcome are recorded with the operator’s ID. Users can connect again afterwards. For operators only.',
    errors: { types: [InvalidInput, PlanChanged, NotSignedIn, NotAllowed, PipedreamError] },
    args: { input: t.arg({ type: RunDisconnectionInput }) },
    resolve: (_mutation, { input }, context) =>
      callAsGateway(() => runDisconnection(input, context)),
  }),
)
