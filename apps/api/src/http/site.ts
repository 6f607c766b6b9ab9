/** Where browsers reach us, as `PUBLIC_URL` says. */
export interface Site {
  /** The origin and the base path, without a slash at the end. */
  url: string
  /** What browsers send as `Origin`, so without a path. */
  origin: string
  /** The path that all of our addresses begin with, such as `/connections`; empty at the root of the origin. */
  basePath: string
  /** Whether browsers reach us by https. */
  secure: boolean
}

/** Splits a `PUBLIC_URL` that `readConfig` has accepted. */
export function readSite(publicUrl: string): Site {
  const { origin, pathname, protocol } = new URL(publicUrl)
  const basePath = pathname.replace(/\/$/, '')
  return { url: origin + basePath, origin, basePath, secure: protocol === 'https:' }
}

/** What follows the base path, `/` for the base path itself; undefined for a path that is not below it. */
export function belowBasePath(path: string, basePath: string): string | undefined {
  return `${path}/`.startsWith(`${basePath}/`) ? path.slice(basePath.length) || '/' : undefined
}

/** Whether a path begins with the letters of the base path without being below it, such as `/connectionsX`. */
export function isBesideBasePath(path: string, basePath: string): boolean {
  return path.startsWith(basePath) && belowBasePath(path, basePath) === undefined
}
