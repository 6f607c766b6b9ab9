import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockState } from './state-lock.ts'
import type { EmulatorState } from './state.ts'

export interface StateFolder {
  /** Writes what there is now. Calls that come while it writes share one more write. */
  save: () => Promise<void>
  /** Writes it for the last time, and lets another emulator have the folder. May be called more than once. */
  close: () => Promise<void>
}

/**
 * Loads what the folder holds, if anything, and keeps it up to date from then on. Rejects with a sentence when its file is
 * none of ours, and with a `StateInUseError` while another emulator has the folder.
 */
export async function openStateFolder(folder: string, state: EmulatorState): Promise<StateFolder> {
  const file = join(folder, 'state.json')
  await mkdir(folder, { recursive: true })
  const unlock = lockState(folder)
  try {
    const text = await readIfThere(file)
    if (text !== null) load(state, { text, file })
  } catch (error) {
    unlock()
    throw error
  }
  return keep(() => write(file, state.save()), unlock)
}

function keep(writeNow: () => Promise<void>, unlock: () => void): StateFolder {
  let writing: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | null = null
  let closing: Promise<void> | null = null
  const writeAfter = async (before: Promise<void>) => {
    await before
    waiting = null
    await writeNow()
  }
  const save = () => {
    if (waiting === null) {
      waiting = writeAfter(writing)
      writing = waiting.catch(() => undefined)
    }
    return waiting
  }
  return {
    // What a request that was cut off still does is written by the last write, or not at all: the folder may be another's.
    save: () => closing ?? save(),
    close: () => (closing ??= save().finally(unlock)),
  }
}

function load(state: EmulatorState, { text, file }: { text: string; file: string }): void {
  try {
    state.load(text)
  } catch (cause) {
    throw new Error(
      `${file} is not the saved state of an emulator. Name another folder, or delete the file to start anew.`,
      { cause },
    )
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

// Whoever is interrupted half-way leaves the old file whole. Keys that people typed are nobody else's to read.
async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
