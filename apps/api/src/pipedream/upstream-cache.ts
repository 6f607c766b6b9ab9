import type { App, AppCategory } from 'pipedream-client/server'
import type { ConnectedAccount } from '../connect/accounts.ts'
import { createLastAnswers, type LastAnswers } from './stale-cache.ts'
import type { List } from '../connect/list.ts'
import type { Database } from '../store/open-database.ts'

const CATALOGUE_FRESH_MS = 60_000

/** What Pipedream answered last, for when it cannot answer. Nothing that decides anything is ever read from here. */
export interface UpstreamMemory {
  app: LastAnswers<App>
  apps: LastAnswers<List<App>>
  categories: LastAnswers<readonly AppCategory[]>
  /** A group is a person's. */
  accounts: LastAnswers<List<ConnectedAccount>>
}

/** Whatever happens to a person's accounts, here or at another replica, makes us forget how they were. */
export function createUpstreamMemory(
  { onNews }: Pick<Database, 'onNews'>,
  now: () => Date,
): UpstreamMemory {
  const catalogue = { groups: 1, answers: 200, freshMs: CATALOGUE_FRESH_MS, now }
  const accounts = createLastAnswers<List<ConnectedAccount>>({
    groups: 2000,
    answers: 4,
    freshMs: 0,
    now,
  })
  onNews((news) => {
    if (news === 'everybody') accounts.forgetAll()
    else if (news.externalUserId !== null) accounts.forget(news.externalUserId)
  })
  return {
    app: createLastAnswers(catalogue),
    apps: createLastAnswers(catalogue),
    categories: createLastAnswers(catalogue),
    accounts,
  }
}
