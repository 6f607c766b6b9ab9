export const messages = {
  title: 'Open this page in your browser',
  why: 'You’re inside another app, where Google and some other services don’t allow sign-in. Copy the link and paste it into your browser.',
  link: 'Link to this page',
  copy: 'Copy link',
  copied: 'Link copied',
}
