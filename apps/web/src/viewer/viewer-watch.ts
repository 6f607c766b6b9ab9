interface ViewerWatchOptions {
  /** Whether the page already knows that nobody is signed in; default: the first answer tells. */
  nobody?: boolean
  /** Somebody was signed in, or seemed to be, and nobody is any more. */
  onSignedOut: () => void
  /** Another person than before is signed in, or the same one in another role. */
  onSomebodyElse: () => void
}

/**
 * Reads in the answers of the API who is signed in, and tells once when that has changed. Whoever hears of it begins
 * anew: what the page shows, and what its buttons would do, belongs to the person before.
 */
export function createViewerWatch(options: ViewerWatchOptions): (data: unknown) => void {
  let known: string | undefined = options.nobody === true ? NOBODY : undefined
  let told = false

  return (data) => {
    if (told) return
    const seen = viewerIn(data)
    if (seen === undefined || seen === known) return
    told = known !== undefined || seen === REFUSED
    known = seen
    if (!told) return
    if (seen === NOBODY || seen === REFUSED) options.onSignedOut()
    else options.onSomebodyElse()
  }
}

const NOBODY = 'nobody'
const REFUSED = 'refused'

function viewerIn(data: unknown): string | undefined {
  if (!isObject(data)) return undefined
  if (Object.values(data).some(isNotSignedIn)) return REFUSED
  const viewer = data['viewer']
  if (viewer === null) return NOBODY
  if (!isObject(viewer) || typeof viewer['kind'] !== 'string') return undefined
  return JSON.stringify([viewer['kind'], viewer['externalUserId']])
}

function isNotSignedIn(result: unknown): boolean {
  return isObject(result) && result['__typename'] === 'NotSignedIn'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
