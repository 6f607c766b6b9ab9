import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a gateway with the embedded emulator leaves in its data folder while it runs. It stays there when it is killed. */
export interface RunningNote {
  pid: number
  /** Where browsers reach the gateway. */
  url: string
  emulatorUrl: string
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'emulator', 'running.json')

/** Leaves it, for whoever has the emulator's folder; returns what takes it away again. */
export async function leaveRunningNote(
  dataDirectory: string,
  note: RunningNote,
): Promise<() => Promise<void>> {
  const file = fileIn(dataDirectory)
  await writeFile(file, JSON.stringify(note))
  return () => rm(file, { force: true })
}

/** Reads what was left last; undefined when nothing is there that can be read. */
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
