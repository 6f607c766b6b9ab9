import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds the databases of all stacks of a run. */
    stacksFolder: string
  }
}

/** Makes the folder before all test files, and removes it when every worker has ended. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'web-e2e-'))
  provide('stacksFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
