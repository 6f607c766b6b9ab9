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
  signOut: 'Sign out',
  stillSignedIn: ({ reason }: { reason: string }) => `You are still signed in. ${reason}`,

  signIn: {
    title: 'Sign in',
    wasSignedOut: 'You were signed out. Sign in again to go on.',
    purpose:
      'Connect the apps you work with, see that they are healthy, and disconnect them at any time.',
    name: 'Name',
    noName: 'Type a name to sign in with.',
    asOperator: 'as operator',
    asOperatorWhy: 'to see every flow, and to try the operators’ API',
    submit: 'Sign in',
    demo: 'This is a demo sign-in: any name will do, and each name has accounts of its own.',
  },

  inApp: {
    title: 'Open this page in your browser',
    why: 'You’re inside another app, where Google and some other services don’t allow sign-in. Copy the link and paste it into your browser.',
    link: 'Link to this page',
    copy: 'Copy link',
    copied: 'Link copied',
  },

  notFound: {
    title: 'There is nothing at this address',
    why: 'The link may be old or mistyped.',
    toAccounts: 'Go to your accounts',
  },

  stopped: {
    title: 'This page stopped working',
    what: 'Your accounts are not affected. Reload the page; if it happens again, tell our support.',
    reload: 'Reload the page',
  },

  justNow: 'just now',
  supportCode: ({ code }: { code: string }) =>
    `If it happens again, give our support this code: ${code}`,

  errors: {
    offline: 'You are offline. Check your connection, then try again.',
    unreachable: 'The server cannot be reached. Check your connection, then try again.',
    away: 'The server cannot be reached at the moment. Wait a little, then try again.',
    busy: 'Too many requests in a short time. Wait a moment, then try again.',
    busyFor: ({ seconds }: { seconds: number }) =>
      `Too many requests in a short time. Try again in ${counted(seconds, { one: '# second', other: '# seconds' })}.`,
    broken: 'Something went wrong on our side. Try again in a moment.',
    upstreamAway:
      'Pipedream cannot be reached just now. Connected accounts are safe; try again in a moment.',
    upstreamRefused: 'Pipedream refused the request. If it happens again, tell our support.',
    notSignedIn: 'Nobody is signed in. Sign in and try again.',
    notAllowed: 'You are not allowed to do that.',
    unknownApp: 'This app is not in the catalogue any more.',
    accountNotFound: 'This account is not among yours any more. It may have been disconnected.',
    startedElsewhere:
      'This connection was started in another browser, so it cannot be finished here. Start again in this one.',
    flowOver: 'This attempt to connect is over. Start again.',
  },
}
