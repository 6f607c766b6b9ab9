import { userKey } from '../state/external-users.ts'
import { deleteExpired } from '../state/delete-expired.ts'
import type { Environment } from '../state/store.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomHex } from '../state/random.ts'
import type { Body } from '../wire/read-body.ts'
import { wireError } from '../wire/errors.ts'

/** A file that an action stored in the file stash. Pipedream documents that it is kept for a day. */
export interface StashedFile {
  /** `1day/<project>/<external user>/<stash>/u/<name>`. */
  s3Key: string
  projectId: string
  environment: Environment
  externalUserId: string
  /** Base64, because the state is saved as JSON. */
  bytes: string
  /** Opens the file without a credential until `urlExpiresAt`. */
  urlToken: string
  urlExpiresAt: Date
  expiresAt: Date
}

/** Pipedream documents one day for the file and half an hour for its URL. */
const FILE_MS = 86_400_000
const URL_MS = 1_800_000
const CONTROL_CHARACTER = /\p{Cc}/u

interface NewFile {
  projectId: string
  environment: Environment
  externalUserId: string
  /** The user's stash that the file belongs to. */
  stashId: string
  /** May contain slashes, which are kept: it is part of a key, and not a path on disk. */
  name: string
  bytes: Uint8Array
}

/**
 * Stores a file in the file stash and replaces one with the same name. Returns its key, and a URL that opens it without
 * a credential. Throws a TypeError for a name that is empty or contains control characters.
 */
export function stashFile(context: EmulatorContext, file: NewFile): { s3Key: string; url: string } {
  const { projectId, environment, externalUserId, stashId, name, bytes } = file
  if (name === '' || CONTROL_CHARACTER.test(name)) {
    throw new TypeError('A stashed file needs a name without control characters.')
  }
  const { stashedFiles } = context.store
  const now = context.clock.now()
  const s3Key = `1day/${projectId}/${userSegment(context, file)}/${encodeURIComponent(stashId)}/u/${name}`
  deleteExpired(stashedFiles, now)
  // Deleted first, because the oldest file must be at the front of the map.
  stashedFiles.delete(s3Key)
  const stashed: StashedFile = {
    s3Key,
    projectId,
    environment,
    externalUserId,
    bytes: Buffer.from(bytes).toString('base64'),
    urlToken: '',
    urlExpiresAt: now,
    expiresAt: new Date(now.getTime() + FILE_MS),
  }
  return { s3Key, url: presignFile(context, stashed) }
}

/** Creates a URL that opens the file without a credential, and invalidates the previous one. */
export function presignFile(context: EmulatorContext, file: StashedFile): string {
  const urlToken = randomHex(32)
  const urlExpiresAt = new Date(context.clock.now().getTime() + URL_MS)
  context.store.stashedFiles.set(file.s3Key, { ...file, urlToken, urlExpiresAt })
  const query = new URLSearchParams({ s3_key: file.s3Key, token: urlToken })
  return `${context.publicUrl}/_static/file-stash?${query}`
}

// Users who have connected nothing have no Pipedream id. The colon distinguishes the substitute from such an id.
function userSegment(context: EmulatorContext, file: NewFile): string {
  const id = context.store.users.get(userKey(file))?.id
  return id ?? encodeURIComponent(`${file.environment}:${file.externalUserId}`)
}

/**
 * Reads the file stash of a run as Pipedream documents `stash_id`: `"NEW"` or true for a new one, or the id of an
 * existing one; null for none. Throws 400 for anything else.
 */
export function readStashId({ stash_id: value }: Body): string | null {
  if (value == null || value === '' || value === false) return null
  if (value === true || value === 'NEW') return randomHex(16)
  if (typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)) return value
  throw wireError(400, 'stash_id must be "NEW", true, or an id that a run returned.')
}
