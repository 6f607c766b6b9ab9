/** Whose log has grown: a person's, nobody's in particular (null), or possibly anybody's. */
export type News = { externalUserId: string | null } | 'everybody'

type NewsListener = (news: News) => void

export interface NewsBus {
  /** Tells after each commit, of this replica or another, whose events to read; the answer stops it. */
  onNews: (listener: NewsListener) => () => void
  tell: (news: News) => void
}

export function createNewsBus(): NewsBus {
  const listeners = new Set<NewsListener>()
  return {
    onNews(listener) {
      // The same function given twice is two listeners.
      const own: NewsListener = (news) => listener(news)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell(news) {
      for (const listener of listeners) listener(news)
    },
  }
}
