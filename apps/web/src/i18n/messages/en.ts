import { countedIn } from '../counted.ts'

const counted = countedIn('en')

export const messages = {
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  loading: 'Loading',
  notifications: 'Notifications',
  chooseLanguage: 'Language',

  pages: 'Pages',
  accounts: 'Accounts',
  activity: 'Activity',
  operator: 'Operator',
  signedInAs: 'Signed in as',
  nowSignedInAs: ({ name }: { name: string }) => `You’re now signed in as ${name}.`,
  signOut: 'Sign out',
  stillSignedIn: ({ reason }: { reason: string }) => `You’re still signed in. ${reason}`,

  notFound: {
    title: 'Page not found',
    why: 'Check the link, or go to your accounts.',
    toAccounts: 'Go to your accounts',
  },

  stopped: {
    title: 'Something went wrong',
    what: 'Your accounts aren’t affected. Reload the page. If it happens again, contact support.',
    reload: 'Reload the page',
  },

  justNow: 'just now',
  supportCode: ({ code }: { code: string }) =>
    `Still not working? Contact support with code ${code}.`,

  errors: {
    offline: 'You’re offline. Check your connection and try again.',
    unreachable: 'We can’t reach the server. Check your connection and try again.',
    away: 'We can’t reach the server right now. Try again in a minute.',
    busy: 'Too many requests. Wait a moment and try again.',
    busyFor: ({ seconds }: { seconds: number }) =>
      `Too many requests. Try again in ${counted(seconds, { one: '# second', other: '# seconds' })}.`,
    broken: 'Something went wrong. Try again in a moment.',
    upstreamAway: 'This isn’t available right now. Try again in a minute.',
    upstreamRefused: 'We couldn’t do that. If it happens again, contact support.',
    notSignedIn: 'You’re signed out. Sign in and try again.',
    notAllowed: 'You don’t have permission to do that.',
    unknownApp: 'This app is no longer available.',
    accountNotFound: 'This account has already been disconnected.',
    startedElsewhere: 'This connection was started in another browser or app. Start again here.',
    flowOver: 'This connection attempt has ended. Start again.',
  },
}
