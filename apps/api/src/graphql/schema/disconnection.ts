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
import { builder } from './builder.ts'

const PlannedAccountRef = builder.objectRef<OwnedAccount>('PlannedAccount').implement({
  description: 'An account that would be disconnected.',
  authScopes: { operator: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    externalUserId: t.exposeID('externalUserId', { description: 'Whose it is.' }),
    app: t.string({
      description: 'Slug of the app, if Pipedream named it.',
      nullable: true,
      resolve: ({ app }) => app?.slug ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true }),
  }),
})

const DisconnectionPlanRef = builder.objectRef<DisconnectionPlan>('DisconnectionPlan').implement({
  description: 'What a run would disconnect, as Pipedream has it now.',
  fields: (t) => ({
    accounts: t.expose('accounts', { type: [PlannedAccountRef] }),
    count: t.int({ resolve: ({ accounts }) => accounts.length }),
    hasMore: t.exposeBoolean('hasMore', {
      description: 'There are more than the 200 that one run disconnects: plan again afterwards.',
    }),
    confirmation: t.exposeString('confirmation', {
      description:
        'Give it to `runDisconnection`. It stands for these accounts, this input and this operator alone.',
    }),
  }),
})

const TARGET = {
  externalUserId: 'Whose accounts; left out: everybody’s of the app.',
  app: 'Slug of the app; left out: every app of the person.',
}

const PlanDisconnectionInput = builder.inputType('PlanDisconnectionInput', {
  description: 'One of both at least.',
  fields: (t) => ({
    externalUserId: t.id({ required: false, description: TARGET.externalUserId }),
    app: t.string({ required: false, description: TARGET.app }),
  }),
})

builder.mutationField('planDisconnection', (t) =>
  t.withAuth({ operator: true }).field({
    type: DisconnectionPlanRef,
    description:
      'A dry run of `runDisconnection`: reads from Pipedream what would be disconnected, and changes nothing. Operators only.',
    errors: { types: [InvalidInput, NotSignedIn, NotAllowed, PipedreamError] },
    args: { input: t.arg({ type: PlanDisconnectionInput }) },
    resolve: (_mutation, { input }, context) => planDisconnection(input, context),
  }),
)

const DisconnectionOutcomeRef = builder.objectRef<Disconnection>('DisconnectionOutcome').implement({
  fields: (t) => ({
    account: t.expose('account', { type: PlannedAccountRef }),
    isDisconnected: t.boolean({ resolve: ({ error }) => error === null }),
    error: t.string({
      description: 'Why it is still connected, if it is.',
      nullable: true,
      resolve: disconnectionSentence,
    }),
  }),
})

const DisconnectionRunRef = builder.objectRef<Disconnection[]>('DisconnectionRun').implement({
  description:
    'What became of each account of the plan. What is still connected stays so until another plan is run.',
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
    externalUserId: t.id({ required: false, description: 'As in the plan.' }),
    app: t.string({ required: false, description: 'As in the plan.' }),
    confirmation: t.string({ description: 'Of the plan.' }),
  }),
})

builder.mutationField('runDisconnection', (t) =>
  t.withAuth({ operator: true }).field({
    type: DisconnectionRunRef,
    description:
      'Disconnects the accounts of a plan, if they still are what there is: each is deleted at Pipedream with its credentials. The order and each outcome are in the log, with the operator’s id. It is no ban: the person may connect again. Operators only.',
    errors: { types: [InvalidInput, PlanChanged, NotSignedIn, NotAllowed, PipedreamError] },
    args: { input: t.arg({ type: RunDisconnectionInput }) },
    resolve: (_mutation, { input }, context) => runDisconnection(input, context),
  }),
)
