// Who may import whom: `.oxlintrc.json` run on files that do.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, matchesGlob } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

const CLIENT = 'packages/pipedream-client/src'

/** A file, what it must not import, and what it may. */
const WALLS: { file: string; never: string[]; may: string[] }[] = [
  {
    file: `${CLIENT}/lib/server/x.ts`,
    never: ['undici', 'node:fs', 'react', '@pipedream/sdk', 'pipedream-emulator'],
    may: ['./y.ts', '../http/y.ts'],
  },
  {
    file: `${CLIENT}/lib/node/x.ts`,
    never: ['react', '@pipedream/sdk', 'no-such', 'node'],
    may: ['undici', 'undici/index.js', 'node:fs', 'node:fs/promises', '../http/y.ts'],
  },
  {
    file: `${CLIENT}/lib/browser/x.ts`,
    never: [
      'react',
      'node:fs',
      '../server/y.ts',
      '../http/y.ts',
      '../../server.ts',
      '../node/y.ts',
    ],
    may: ['./y.ts', '../y.ts'],
  },
  {
    file: `${CLIENT}/lib/react/x.ts`,
    never: ['react-dom', 'redux', 'node:fs', '../server/y.ts', '../../node.ts', '../../cli.ts'],
    may: ['react', 'react/jsx-runtime', './y.ts', '../browser/y.ts'],
  },
  {
    file: 'packages/pipedream-emulator/src/x.ts',
    never: ['pipedream-client', 'pipedream-client/server', '../../pipedream-client/src/server.ts'],
    may: ['node:fs', './y.ts', './routes/y.ts'],
  },
  {
    file: 'packages/pipedream-emulator/src/connect/x.ts',
    never: ['../routes/y.ts', '../pages/y.ts', 'pipedream-client/server'],
    may: ['../state/y.ts', '../wire/y.ts', '../server/y.ts'],
  },
  {
    file: 'packages/pipedream-emulator/src/pages/x.ts',
    never: ['../routes/y.ts', '../server/y.ts', 'pipedream-client/server'],
    may: ['./y.ts', '../catalogue/y.ts', '../state/y.ts'],
  },
  {
    file: 'apps/api/src/connect/x.ts',
    never: ['pipedream-emulator', 'pipedream-emulator/listen', 'web', '../../../apps/web/src/y.ts'],
    may: ['node:fs', 'kysely', 'pipedream-client/server', './y.ts'],
  },
  {
    file: 'apps/api/src/store/x.ts',
    never: ['pipedream-client/server', 'pipedream-emulator', '../http/y.ts', '../connect/y.ts'],
    may: ['kysely', 'node:crypto', './y.ts', './postgres/y.ts', '../observability/y.ts'],
  },
  {
    file: 'apps/api/src/graphql/schema/x.ts',
    never: ['kysely', 'node:fs', '../../config/y.ts', '../../store/tables.ts'],
    may: ['graphql', '../../connect/y.ts', '../../store/flows.ts'],
  },
  ...(['accounts', 'apps'] as const).map((page) => ({
    file: `apps/web/src/${page}/x.ts`,
    never: [
      page === 'apps' ? '../accounts/y.ts' : '../apps/y.ts',
      '../operator/y.ts',
      '../AccountsPage.tsx',
      'api',
      'pipedream-client/server',
    ],
    may: ['react', './y.ts', '../connect/y.ts', '../ui/y.ts', '../i18n/y.ts'],
  })),
  {
    file: 'apps/web/src/connect/x.ts',
    never: ['../accounts/y.ts', '../apps/y.ts', '../activity/y.ts', '../operator/y.ts', 'api'],
    may: ['pipedream-client/react', './y.ts', '../ui/y.ts'],
  },
  {
    file: 'apps/web/src/x.tsx',
    never: [
      'api',
      'api/x',
      '../../../apps/api/src/y.ts',
      'pipedream-emulator',
      'pipedream-client/server',
    ],
    may: ['react', 'urql', 'pipedream-client/react', './apis/y.ts'],
  },
]

let refused: Set<string>

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lint-imports-'))
  await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const { file, never, may } of WALLS) {
    const imports = [...never, ...may].map((specifier) => `import '${specifier}'\n`)
    await mkdir(join(folder, dirname(file)), { recursive: true })
    await writeFile(join(folder, file), imports.join(''))
  }
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['-f', 'unix'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const reports = stdout.matchAll(/^(?<file>\S+?):.* '(?<specifier>\S+)' import is restricted/gm)
  refused = new Set([...reports].map(({ groups }) => `${groups?.file} ${groups?.specifier}`))
})

test.each(WALLS)('$file', ({ file, never, may }) => {
  expect([...never, ...may].filter((specifier) => refused.has(`${file} ${specifier}`))).toEqual(
    never,
  )
})

test('every path of .oxlintrc.json is the path of a file', async () => {
  const config = await readFile(join(ROOT, '.oxlintrc.json'), 'utf8')
  const { overrides }: { overrides: { files: string[]; excludeFiles?: string[] }[] } =
    JSON.parse(config)
  const list = ['ls-files', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\n')
  const globs = overrides.flatMap(({ files, excludeFiles }) => files.concat(excludeFiles ?? []))
  expect(globs.filter((glob) => !paths.some((path) => matchesGlob(path, glob)))).toEqual([])
})
