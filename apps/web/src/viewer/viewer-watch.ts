interface ViewerWatchOptions {
  /** Whether the page already knows that the user is signed out; default: the first response decides. */
  signedOut?: boolean
  /** A user was signed in, or seemed to be, and is signed out now. */
  onSignedOut: () => void
  /** Another user is signed in, or the same user in another role. */
  onOtherUser: () => void
}

export interface ViewerWatch {
  /** Reads the data of a response. */
  read: (data: unknown) => void
  /** The gateway rejected a request of the user whom the page shows, because that user is no longer signed in. */
  rejected: () => void
  /** The ID of the user whom the page shows. Stays the same after a change, until the session starts again. */
  readonly shownUserId: string | undefined
}

/**
 * Reads from the API's responses who is signed in, and reports a change once. The session then starts again, because the
 * page still shows the previous user's data.
 */
export function createViewerWatch(options: ViewerWatchOptions): ViewerWatch {
  let known: string | undefined = options.signedOut === true ? SIGNED_OUT : undefined
  let reported = false
  let shownUserId: string | undefined

  return {
    read(data) {
      if (reported) return
      const seen = viewerIn(data)
      if (seen === undefined || seen.key === known) return
      reported = known !== undefined || seen.key === REJECTED
      known = seen.key
      if (!reported) shownUserId = seen.userId
      else if (known === SIGNED_OUT || known === REJECTED) options.onSignedOut()
      else options.onOtherUser()
    },
    rejected() {
      if (reported) return
      reported = true
      options.onOtherUser()
    },
    get shownUserId() {
      return shownUserId
    },
  }
}

const SIGNED_OUT = 'signed out'
const REJECTED = 'rejected'

interface SeenViewer {
  /** What tells a viewer from others. */
  key: string
  userId?: string | undefined
}

function viewerIn(data: unknown): SeenViewer | undefined {
  if (!isObject(data)) return undefined
  if (Object.values(data).some(isNotSignedIn)) return { key: REJECTED }
  const viewer = data['viewer']
  if (viewer === null) return { key: SIGNED_OUT }
  if (!isObject(viewer) || typeof viewer['kind'] !== 'string') return undefined
  const { kind, externalUserId } = viewer
  const userId = typeof externalUserId === 'string' ? externalUserId : undefined
  return { key: JSON.stringify([kind, externalUserId]), userId }
}

function isNotSignedIn(result: unknown): boolean {
  return isObject(result) && result['__typename'] === 'NotSignedIn'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
