import { countedIn } from '../i18n/counted.ts'

const counted = countedIn('en')

/** Messages of the operator console. English only: `EnglishOnly` wraps the page. */
export const operatorMessages = {
  purpose: 'Live connection attempts across all users.',
  outdated: ({ reason }: { reason: string }) => `Couldn’t refresh this section. ${reason}`,
  sections: 'Sections of this page',
  errors: {
    upstreamAway: 'Pipedream is unreachable. Try again in a minute.',
    upstreamRefused: 'Pipedream rejected the request.',
  },

  health: {
    title: 'Health',
    upstream: 'Pipedream',
    upstreamStates: {
      UP: 'Up',
      TRYING: 'Recovering',
      DOWN: 'Down (requests paused)',
    },
    database: 'Database',
    databaseUp: 'Up',
    databaseDown: 'Unreachable',
    databaseOld: 'Migrations pending',
    writesWaiting: ({ count }: { count: number }) =>
      counted(count, { one: '# queued write', other: '# queued writes' }),
    subscriptions: 'Live connections',
    open: ({ count }: { count: number }) => counted(count, { other: '#' }),
  },

  statistics: {
    title: 'Metrics',
    period: 'Period',
    periods: {
      day: 'Last 24 hours',
      week: 'Last 7 days',
      month: 'Last 30 days',
      quarter: 'Last 90 days',
    },
    started: 'Attempts started',
    succeeded: 'Succeeded',
    open: 'In progress',
    successRate: 'Success rate',
    successRateWhy: 'Of completed attempts',
    timeToConnect: 'Time to connect',
    timeToConnectWhy: 'From click to confirmed account',
    median: 'Median',
    p90: 'p90',
    asTable: 'Show as table',
    from: 'From',
    noData: 'No data for this period yet',
    errors: 'Errors by app',
    noErrors: 'No errors in this period',
    noApp: 'No app',
    latency: 'Pipedream latency',
    latencyWhy: 'Measured by this replica since it started',
    noCalls: 'No calls to Pipedream yet',
    operation: 'Call',
    calls: 'Calls',
    failed: 'Failed',
    tooLong: 'Over 10 s',
  },

  flows: {
    title: 'Connection attempts',
    search: 'Support code, user ID or app',
    status: 'Status',
    allStatuses: 'All statuses',
    statuses: {
      OPEN: 'In progress',
      SUCCEEDED: 'Succeeded',
      FAILED: 'Failed',
      CANCELLED: 'Canceled',
      EXPIRED: 'Expired',
    },
    unused: 'Unused',
    anyApp: 'Any app',
    none: 'No attempts yet',
    noneWhy: 'An attempt appears here as soon as its connect token is issued.',
    notFound: 'No matching attempts',
    notFoundWhy: 'Enter a complete support code, user ID or app slug.',
    more: 'Show older attempts',
    started: ({ age }: { age: string }) => `Started ${age}`,
    reconnects: 'Reconnects',
    account: 'Account',
    steps: {
      OPEN: 'Ended while the connect page opened',
      CONNECT: 'Ended in the connect page',
      CONFIRM: 'Ended at confirmation',
    },
    timeline: 'Timeline',
    timelineOf: ({ code }: { code: string }) => `Timeline of ${code}`,
    after: ({ duration }: { duration: string }) => `after ${duration}`,
  },

  heldAccounts: {
    title: 'Held accounts',
    why: 'Accounts that no one can use until they are confirmed, kept or released. Release one only after you’ve made sure whose it is.',
    user: 'User ID',
    none: 'No held accounts',
    noneWhy: 'An account appears here when its connection isn’t confirmed.',
    notFound: 'No held accounts of this user',
    notFoundWhy: 'Enter a complete user ID.',
    more: 'Show older held accounts',
    unknownApp: 'Unknown app',
    reasons: {
      NOT_CONFIRMED: 'Not confirmed yet',
      NOT_FINISHED: 'Not finished',
      FINISHED_ELSEWHERE: 'Finished elsewhere',
      UNKNOWN_AGE: 'Unknown age',
    },
    since: ({ age }: { age: string }) => `Held ${age}`,
    proven: 'Proven by a webhook: deleted when its flow is revoked or not confirmed in time',
    unproven: 'No proof of its flow: never deleted automatically',
    failures: ({ count }: { count: number }) =>
      counted(count, { one: '# deletion failed', other: '# deletions failed' }),
    release: 'Release',
    releaseOf: ({ account }: { account: string }) => `Release ${account}`,
    remove: 'Remove',
    removeOf: ({ account }: { account: string }) => `Remove ${account}`,
    questions: {
      release: {
        title: ({ account, user }: { account: string; user: string }) =>
          `Release ${account} to ${user}?`,
        effect:
          'This user can use the account right away. If someone else connected it, this user gets access to their data.',
        done: ({ account }: { account: string }) => `Released ${account}.`,
      },
      remove: {
        title: ({ account, user }: { account: string; user: string }) =>
          `Remove ${account} of ${user}?`,
        effect:
          'Deletes the account and its credentials at Pipedream. This can’t be undone. The user can connect it again.',
        done: ({ account }: { account: string }) => `Removed ${account}.`,
      },
    },
    failed: ({ account, reason }: { account: string; reason: string }) =>
      `${account} is unchanged. ${reason}`,
    gone: 'This account is no longer held. The list has been reloaded.',
  },

  others: {
    title: 'Other events',
    why: 'Denied requests, issued tokens and disconnections.',
    none: 'No other events',
    more: 'Show older events',
    by: ({ actor }: { actor: string }) => `by operator ${actor}`,
    count: ({ count }: { count: number }) => counted(count, { one: '# time', other: '# times' }),
  },

  viewers: { USER: 'User', SERVICE: 'Service', OPERATOR: 'Operator' },

  events: {
    FLOW_CREATED: 'Connect token issued',
    FLOW_OPENED: 'Connect page opened',
    FLOW_REFUSED: 'Connect token denied',
    FLOW_SUCCEEDED: 'Account connected',
    FLOW_FAILED: 'Attempt failed',
    FLOW_CANCELLED: 'Canceled by the user',
    FLOW_EXPIRED: 'Timed out',
    FLOW_REVOKED: 'Blocked (finished in another browser)',
    CONFIRMATION_REFUSED: 'Confirmation denied',
    ACCOUNT_HELD: 'Account held',
    ACCOUNT_RELEASED: 'Held account released',
    ACCOUNT_REMOVED: 'Held account deleted',
    ACCOUNT_DISCONNECTED: 'Account disconnected',
    DISCONNECTION_ORDERED: 'Bulk disconnection started by an operator',
    DISCONNECTION_REFUSED: 'Disconnection failed',
    ACCOUNT_HEALTH_CHANGED: 'Account health changed',
    CONNECT_TOKEN_CREATED: 'Connect token issued without an attempt',
    ACCESS_TOKEN_CREATED: 'Access token issued',
    ACCESS_TOKEN_REFUSED: 'Access token denied',
  },

  tokens: {
    title: 'Token inspector',
    accessToken: 'Access token',
    accessTokenWhy:
      'Grants access to the whole Pipedream workspace. Never send it to an end user’s browser. Creating one is logged.',
    scope: 'Scope',
    scopeHint: 'Leave empty for full access',
    createAccessToken: 'Create access token',
    connectToken: 'Connect token',
    connectTokenWhy: 'For one connection of your own, as on the accounts page.',
    app: 'App',
    appHint: 'App slug, for example google_sheets',
    createConnectToken: 'Create connect token',
    token: 'Token',
    type: 'Type',
    expires: 'Expires',
    expired: 'Expired',
    link: 'Connect Link',
    supportCode: 'Support code',
    unknownScope: 'Not specified',
    reveal: ({ what }: { what: string }) => `Reveal: ${what}`,
    hide: ({ what }: { what: string }) => `Hide: ${what}`,
    copyOf: ({ what }: { what: string }) => `Copy: ${what}`,
    copied: 'Copied',
    hidden: 'Hidden',
  },

  killSwitch: {
    title: 'Kill switch',
    why: 'Disconnects the accounts of a user, of an app, or of a user for one app, and deletes their credentials at Pipedream. This can’t be undone.',
    user: 'User',
    app: 'App',
    userHint: 'User ID (optional)',
    appHint: 'App slug (optional)',
    plan: 'Preview',
    neither: 'Enter a user ID or an app slug. At least one is required.',
    nothing: 'No accounts would be disconnected.',
    would: ({ count }: { count: number }) =>
      counted(count, {
        one: '# account would be disconnected',
        other: '# accounts would be disconnected',
      }),
    hasMore: ({ count }: { count: number }) =>
      counted(count, { other: 'Showing the first #. Run again to disconnect the rest.' }),
    run: ({ count }: { count: number }) =>
      counted(count, { one: 'Disconnect # account', other: 'Disconnect # accounts' }),
    done: ({ count }: { count: number }) =>
      counted(count, { one: '# account disconnected.', other: '# accounts disconnected.' }),
    notDone: ({ count }: { count: number }) =>
      counted(count, {
        one: '# account is still connected.',
        other: '# accounts are still connected.',
      }),
    changed: 'The list has changed since the preview. Review it again.',
    account: 'Account',
    connected: 'Connected',
    outcome: 'Result',
    disconnected: 'Disconnected',
    stillConnected: ({ reason }: { reason: string }) => `Still connected. ${reason}`,
  },
}
