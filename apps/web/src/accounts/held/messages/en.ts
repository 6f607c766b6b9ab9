export const messages = {
  states: {
    checking: 'Checking…',
    waiting: 'Needs confirmation',
    notFinished: 'Not finished',
    finishedElsewhere: 'Blocked',
    unknownAge: 'Not verified',
  },
  waitingWhy:
    'Started this connection here? Confirm it to start using the account. Unconfirmed accounts can’t be used.',
  notFinishedWhy: 'You didn’t finish connecting this account, so it can’t be used.',
  unknownAgeWhy: 'We can’t tell when this account was connected, so it can’t be used.',
  keepHere: 'Keep it to start using it, or remove it.',
  keepElsewhere:
    'You can keep it in the browser or app where you started, once no connection is in progress there. Or remove it.',
  finishedElsewhereWhy: ({ code }: { code: string }) =>
    `Another browser or person finished connecting this account, so you can only remove it. If it’s yours, contact support with code ${code}.`,

  confirm: 'Confirm',
  confirmAccount: ({ account, app }: { account: string; app: string }) =>
    `Confirm ${account} (${app})`,
  confirmNameless: ({ account }: { account: string }) => `Confirm ${account}`,
  keep: 'Keep',
  keepAccount: ({ account, app }: { account: string; app: string }) => `Keep ${account} (${app})`,
  keepNameless: ({ account }: { account: string }) => `Keep ${account}`,
  kept: ({ account }: { account: string }) => `You can now use ${account}.`,

  removal: {
    act: 'Remove',
    named: ({ account, app }: { account: string; app: string }) => `Remove ${account} (${app})`,
    nameless: ({ account }: { account: string }) => `Remove ${account}`,
    title: ({ account }: { account: string }) => `Remove ${account}?`,
    effect: ({ app }: { app: string }) =>
      `We’ll delete this ${app} account and its credentials right away.`,
    effectOnOneOfMany: ({ app, which }: { app: string; which: string }) =>
      `We’ll delete this ${app} account (${which}) and its credentials right away.`,
    done: ({ account, app }: { account: string; app: string }) => `Removed ${account} (${app}).`,
    doneNameless: ({ account }: { account: string }) => `Removed ${account}.`,
    failed: ({ account, reason }: { account: string; reason: string }) =>
      `${account} wasn’t removed. ${reason}`,
  },

  /** By the type of the error. */
  refusals: {
    StartedElsewhere:
      'You can keep this account only in the browser or app where you started connecting it.',
    FinishedElsewhere: 'Another browser or person finished connecting this account. Remove it.',
    FlowStillOpen: 'This connection is still in progress. Finish or cancel it first.',
    RemovalInProgress: 'This account is being removed right now. Try again in a minute.',
  },
}
