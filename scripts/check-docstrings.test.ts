import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Checks a package with this entry point, and with a module that is not one. */
function check(index: string, internal: string) {
  const folder = mkdtempSync(join(tmpdir(), 'docstrings-'))
  mkdirSync(join(folder, 'src'))
  // Without the types of the DOM, the compiler takes half the time.
  const compilerOptions = {
    module: 'nodenext',
    lib: ['es2022'],
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  const files = {
    'package.json': JSON.stringify({ type: 'module', exports: { '.': './src/index.ts' } }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
    'src/index.ts': index,
    'src/internal.ts': internal,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const script = join(import.meta.dirname, 'check-docstrings.ts')
  const { status, stdout } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  const missing = stdout.split('\n').flatMap((line) => /:\d+ (\S+)$/.exec(line)?.[1] ?? [])
  return { status, missing: missing.toSorted() }
}

test('a documented package passes, whatever is not exported', () => {
  const index = `
    import { hidden } from './internal.ts'
    /** A point. */
    export interface Point {
      /** In pixels. */
      x: number
    }
    /** Returns the origin. */
    export function origin(): Point { return { x: hidden } }`
  expect(check(index, 'export const hidden = 0')).toEqual({ status: 0, missing: [] })
})

test('finds every export and member without a docstring, also those of types that an export refers to', () => {
  const index = `
    export { type Point } from './internal.ts'
    export function run(options: { a: 1 }): void {}
    export const ONE: number = 1
    /** */
    export const BLANK: number = 1
    /** Nested. */
    export type Nested = {
      /** Documented. */
      a: { b: 1 }
    } | { c: 1 }
    /** Has hidden members. */
    export class Failure extends Error {
      override name = 'Failure'
      readonly #hidden = 1
      private secret = 1
      code = 1
      constructor() { super() }
    }`
  const internal = `
    interface Base { a: 1 }
    interface Unit { b(): void }
    interface Unused { c: 1 }
    export interface Point extends Base {
      /** The units. */
      units: readonly Unit[]
    }`
  const missing = ['BLANK', 'Base', 'Base.a', 'Failure.code', 'Failure.constructor', 'Nested.a.b']
  expect(check(index, internal)).toEqual({
    status: 1,
    missing: [...missing, 'Nested.c', 'ONE', 'Point', 'Unit', 'Unit.b', 'run', 'run.a'],
  })
})
