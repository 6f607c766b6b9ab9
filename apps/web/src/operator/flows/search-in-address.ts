import { useEffect } from 'react'

/** The search that the page's address asks for, such as a colleague's `/operator?search=ABCD-1234`. */
export function searchInAddress(): string {
  return new URL(window.location.href).searchParams.get('search') ?? ''
}

/** Keeps the search in the page's address, so that it can be reloaded and passed on. */
export function useSearchInAddress(search: string): void {
  useEffect(() => {
    const url = new URL(window.location.href)
    if (search === '') url.searchParams.delete('search')
    else url.searchParams.set('search', search)
    window.history.replaceState(null, '', url)
  }, [search])
}
