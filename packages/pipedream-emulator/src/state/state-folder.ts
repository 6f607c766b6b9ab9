import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockState } from './state-lock.ts'
import type { EmulatorState } from './state.ts'

export interface StateFolder {
  /** Writes the current state. Calls during a write share the next write. */
  save: () => Promise<void>
  /** Writes the state a last time and releases the folder. May be called more than once. */
  close: () => Promise<void>
}

/**
 * Loads the state in the folder, if any, and keeps the folder up to date. Rejects with an error that explains an
 * invalid file, and with a `StateInUseError` while another emulator uses the folder.
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
    // After closing, the folder may belong to another emulator. Later changes are lost, unless the last write includes
    // them.
    save: () => closing ?? save(),
    close: () => (closing ??= save().finally(unlock)),
  }
}

function load(state: EmulatorState, { text, file }: { text: string; file: string }): void {
  try {
    state.load(text)
  } catch (cause) {
    throw new Error(
      `${file} is not a saved emulator state. Choose another folder, or delete the file to start over.`,
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

// An interrupted write leaves the previous file intact. Only the owner may read the file, because it contains the keys
// that users typed.
async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
