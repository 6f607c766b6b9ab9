import { readSetting } from './read-setting.ts'

/** The path that every address of the app and its server begins with; empty at the root of the origin. */
export function basePath(): string {
  return readSetting('base-path')
}

/** The name of something that the browser keeps for the whole origin, which may hold another product beside this app. */
export function ownName(name: string): string {
  return name + basePath()
}
