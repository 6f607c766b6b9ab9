interface ViewerWatchOptions {
  /** Whether the page already knows that the user is signed out; default: the first response decides. */
  signedOut?: boolean
  /** A user was signed in, or seemed to be, and is signed out now. */
  onSignedOut: () => void
  /** Another user is signed in, or the same user in another role. */
  onOtherUser: () => void
}

/**
 * Reads from the API's responses who is signed in, and reports a change once. The session then starts again, because the
 * page still shows the previous user's data.
 */
export function createViewerWatch(options: ViewerWatchOptions): (data: unknown) => void {
  let known: string | undefined = options.signedOut === true ? SIGNED_OUT : undefined
  let reported = false

  return (data) => {
    if (reported) return
    const seen = viewerIn(data)
    if (seen === undefined || seen === known) return
    reported = known !== undefined || seen === REJECTED
    known = seen
    if (!reported) return
    if (seen === SIGNED_OUT || seen === REJECTED) options.onSignedOut()
    else options.onOtherUser()
  }
}

const SIGNED_OUT = 'signed out'
const REJECTED = 'rejected'

function viewerIn(data: unknown): string | undefined {
  if (!isObject(data)) return undefined
  if (Object.values(data).some(isNotSignedIn)) return REJECTED
  const viewer = data['viewer']
  if (viewer === null) return SIGNED_OUT
  if (!isObject(viewer) || typeof viewer['kind'] !== 'string') return undefined
  return JSON.stringify([viewer['kind'], viewer['externalUserId']])
}

function isNotSignedIn(result: unknown): boolean {
  return isObject(result) && result['__typename'] === 'NotSignedIn'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
