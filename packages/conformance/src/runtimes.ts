import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Something that runs JavaScript. */
export interface Runtime {
  name: string
  /** Undefined where this machine has none. */
  binary: string | undefined
  /** What to call it with, for a program that reads files of a folder and talks to one origin. */
  args(run: { program: string; folder: string; origin: string }): string[]
}

/** Those that the client promises to run on, besides browsers and workers. Bun and Deno come from npm, for Linux x64. */
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
    // What is not allowed here is refused: the client needs its one origin and its own files, and no environment.
    args: ({ program, folder, origin }) => [
      'run',
      '--no-prompt',
      '--no-remote',
      '--cached-only',
      '--node-modules-dir=manual',
      `--allow-read=${folder}`,
      `--allow-net=${new URL(origin).host}`,
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
