import { useMessages, useLanguage } from '../i18n/language-context.tsx'
import { accountTitle, hasName } from './account-title.ts'
import { accountsMessages } from './accounts-messages.ts'

interface AccountInWords {
  id: string
  name: string | null
  createdAt: string | null
  app: { name: string }
}

interface NamedOrNot {
  named: (values: { account: string; app: string }) => string
  nameless: (values: { account: string }) => string
}

const INSTANT = { dateStyle: 'medium', timeStyle: 'medium' } as const

/** How accounts are spoken of, in the page's language. */
export function useAccountWords() {
  const words = useMessages(accountsMessages)
  const { locale } = useLanguage()

  /** What tells an account from its twin: the second in which it was connected, or else its id. */
  function twinMark({ id, createdAt }: Pick<AccountInWords, 'id' | 'createdAt'>): string {
    if (createdAt === null) return id
    return words.connectedAt({ instant: new Date(createdAt).toLocaleString(locale, INSTANT) })
  }

  const title = (account: AccountInWords) => accountTitle(account, words)

  /** A sentence about an account, which names the app too unless the account is called by it anyway. */
  function say(account: AccountInWords, { named, nameless }: NamedOrNot): string {
    return hasName(account.name)
      ? named({ account: account.name, app: account.app.name })
      : nameless({ account: title(account) })
  }

  return { words, title, twinMark, say }
}
