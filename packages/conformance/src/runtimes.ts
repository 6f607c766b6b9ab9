import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** A JavaScript runtime. */
export interface Runtime {
  name: string
  /** Undefined if this machine does not have it. */
  binary: string | undefined
  /** Its arguments for a program that may read the files of a folder and reach one origin. */
  args(run: { program: string; folder: string; origin: string }): string[]
}

/** The supported runtimes, besides browsers and workers. Bun and Deno come from npm, for Linux x64. */
export const RUNTIMES: readonly Runtime[] = [
  {
    name: 'Node',
    binary: process.execPath,
    args: ({ program, origin }) => [program, origin],
  },
  {
    name: 'Bun',
    binary: binaryOf('@oven/bun-linux-x64/package.json', 'bin/bun'),
    args: ({ program, origin }) => ['run', '--no-install', program, origin],
  },
  {
    name: 'Deno',
    binary: binaryOf('@deno/linux-x64-glibc/package.json', 'deno'),
    // Deno denies everything else: the client needs one origin and its own files, and no environment. Undici reads its own
    // settings.
    args: ({ program, folder, origin }) => [
      'run',
      '--no-prompt',
      '--no-remote',
      '--cached-only',
      '--node-modules-dir=manual',
      `--allow-read=${folder}`,
      `--allow-net=${new URL(origin).host}`,
      '--allow-env=JEST_WORKER_ID,UNDICI_NO_WASM_SIMD,UNDICI_USE_MILO',
      program,
      origin,
    ],
  },
]

function binaryOf(manifest: string, binary: string): string | undefined {
  try {
    return join(dirname(require.resolve(manifest)), binary)
  } catch {
    return undefined
  }
}
