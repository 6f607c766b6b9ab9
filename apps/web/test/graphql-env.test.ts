import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const WEB = resolve(import.meta.dirname, '..')
const GQL_TADA = join(dirname(fileURLToPath(import.meta.resolve('gql.tada'))), '../bin/cli.js')

test('src/graphql-env.d.ts is up to date with schema.graphql (else run: pnpm --filter web run generate)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'graphql-env-'))
  try {
    const output = join(folder, 'graphql-env.d.ts')
    await promisify(execFile)(process.execPath, [GQL_TADA, 'generate-output', '-o', output], {
      cwd: WEB,
    })
    const committed = await readFile(join(WEB, 'src/graphql-env.d.ts'), 'utf8')
    expect(committed).toBe(await readFile(output, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
