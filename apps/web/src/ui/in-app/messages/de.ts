import type { InAppMessages } from '../in-app-messages.ts'

export const messages: InAppMessages = {
  title: 'Öffnen Sie diese Seite in Ihrem Browser',
  why: 'Sie sind in einer anderen App, in der Google und einige andere Dienste keine Anmeldung zulassen. Kopieren Sie den Link und fügen Sie ihn in Ihren Browser ein.',
  link: 'Link zu dieser Seite',
  copy: 'Link kopieren',
  copied: 'Link kopiert',
}
