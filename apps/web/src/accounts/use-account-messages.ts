import { useMessages, useLanguage } from '../i18n/language-context.tsx'
import { accountTitle, hasName } from './account-title.ts'
import { accountsMessages } from './accounts-messages.ts'

interface DescribedAccount {
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

/** The messages of the accounts page, and how it names an account, in the page's language. */
export function useAccountMessages() {
  const messages = useMessages(accountsMessages)
  const { locale } = useLanguage()

  /** Tells an account from one that looks the same: the second in which it was connected, or its ID. */
  function mark(
    { id, createdAt }: Pick<DescribedAccount, 'id' | 'createdAt'>,
    message = messages.connectedAtInline,
  ): string {
    if (createdAt === null) return id
    return message({ instant: new Date(createdAt).toLocaleString(locale, INSTANT) })
  }

  const title = (account: DescribedAccount) => accountTitle(account, messages)

  /** A sentence about an account. It names the app as well, unless the account is called by its app anyway. */
  function say(account: DescribedAccount, { named, nameless }: NamedOrNot): string {
    return hasName(account.name)
      ? named({ account: account.name, app: account.app.name })
      : nameless({ account: title(account) })
  }

  return { messages, title, mark, say }
}
