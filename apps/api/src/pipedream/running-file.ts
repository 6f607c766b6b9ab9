import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The running gateway, in a file of its data folder; only with the embedded emulator. A killed process leaves the file behind. */
export interface RunningGateway {
  pid: number
  /** URL of the gateway for browsers. */
  url: string
  emulatorUrl: string
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'emulator', 'running.json')

/** Writes the file, for a second process that finds the folder in use. Returns the function that removes it. */
export async function writeRunningFile(
  dataDirectory: string,
  gateway: RunningGateway,
): Promise<() => Promise<void>> {
  const file = fileIn(dataDirectory)
  await writeFile(file, JSON.stringify(gateway))
  return () => rm(file, { force: true })
}

/** Reads the file; undefined if there is no valid one. */
export async function readRunningFile(dataDirectory: string): Promise<RunningGateway | undefined> {
  try {
    const gateway: unknown = JSON.parse(await readFile(fileIn(dataDirectory), 'utf8'))
    return isRunningGateway(gateway) ? gateway : undefined
  } catch {
    return undefined
  }
}

function isRunningGateway(value: unknown): value is RunningGateway {
  const { pid, url, emulatorUrl } = Object(value)
  return typeof pid === 'number' && URL.canParse(url) && URL.canParse(emulatorUrl)
}
