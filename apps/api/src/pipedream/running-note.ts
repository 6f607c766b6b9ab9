import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A file in the data folder of a running gateway with the embedded emulator. A killed process leaves it there. */
export interface RunningNote {
  pid: number
  /** URL of the gateway for browsers. */
  url: string
  emulatorUrl: string
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'emulator', 'running.json')

/** Writes the note, for a second process that finds the folder in use. Returns the function that removes it. */
export async function leaveRunningNote(
  dataDirectory: string,
  note: RunningNote,
): Promise<() => Promise<void>> {
  const file = fileIn(dataDirectory)
  await writeFile(file, JSON.stringify(note))
  return () => rm(file, { force: true })
}

/** Reads the latest note; undefined if there is no valid one. */
export async function readRunningNote(dataDirectory: string): Promise<RunningNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(fileIn(dataDirectory), 'utf8'))
    return isRunningNote(note) ? note : undefined
  } catch {
    return undefined
  }
}

function isRunningNote(value: unknown): value is RunningNote {
  const { pid, url, emulatorUrl } = Object(value)
  return typeof pid === 'number' && URL.canParse(url) && URL.canParse(emulatorUrl)
}
