import { readSetting } from './read-setting.ts'

/** The path at which the app and the gateway are mounted; empty at the root of the origin. */
export function basePath(): string {
  return readSetting('base-path')
}

/** A name for storage and channels, which all apps of the origin share. */
export function ownName(name: string): string {
  return name + basePath()
}
