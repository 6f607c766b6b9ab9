import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFinder } from './find-prose.ts'
import type { ProseException } from './prose-exceptions.ts'
import { HINTS, RULES } from './prose-rules.ts'

const find = createFinder(RULES, [], new Set())
const phrases = (content: string) => find('x.ts', content).map(({ found }) => found)

test.each([
  ['a comment', '// Whoever asks', ['Whoever']],
  ['a string', "throw new Error('This address makes no sense.')", ['makes no sense']],
  ['a phrase across two lines of a comment', '// it is called\n  // off', ['called\n  // off']],
  ['a phrase across two lines of a docstring', '/**\n * at\n * once\n */', ['at\n * once']],
  ['camelCase', 'const flowDesk = burnedAt', ['burned', 'Desk']],
  ['UPPER_CASE', "'FLOW_BURNED'", ['BURNED']],
  ['kebab-case', "import './turn-away.ts'", ['turn-away']],
  ['words that only contain one', 'planes, Zendesk, besides, believes, burnish, context', []],
  ['a text field', 'a text field and a text/event-stream', []],
  ['a text', 'a text, or null', ['a text']],
  ['many at once', 'two at once, 50 at once; at once', ['at once']],
])('%s', (_, content, expected) => {
  expect(phrases(content).toSorted()).toEqual(expected.toSorted())
})

test('says the line, and what to write instead', () => {
  expect(find('x.ts', 'one\ntwo anew')).toEqual([
    { path: 'x.ts', line: 2, found: 'anew', instead: 'again' },
  ])
})

test('the path counts, too', () => {
  expect(find('src/flow-desk.ts', '')).toMatchObject([{ line: 0, found: 'desk' }])
})

test.each([...RULES, ...HINTS])('the rule of “$phrase” finds it', (rule) => {
  expect(createFinder([rule], [], new Set())('x.ts', `… ${rule.phrase} …`)).toHaveLength(1)
})

test('an exception covers its own text in its own place alone, and is known to be used', () => {
  const exceptions: ProseException[] = [
    { path: 'apps/api/', text: 'burned_at', why: 'a column' },
    { path: 'README.md', text: 'anew', why: 'never met' },
  ]
  const used = new Set<ProseException>()
  const finder = createFinder(RULES, exceptions, used)
  expect(finder('apps/api/a.ts', 'burned_at')).toEqual([])
  expect(finder('apps/api/a.ts', 'burned, burned_at, burned')).toHaveLength(2)
  expect(finder('apps/web/a.ts', 'burned_at')).toHaveLength(1)
  expect([...used]).toEqual(exceptions.slice(0, 1))
})

test('AGENTS.md alone may quote phrases, between two comments', () => {
  const quoted = '<!-- prose: off -->\nanew\n<!-- prose: on -->\nanew'
  expect(find('AGENTS.md', quoted)).toMatchObject([{ line: 4 }])
  expect(find('README.md', quoted)).toHaveLength(2)
})

test('AGENTS.md prints the list', async () => {
  const agents = await readFile(join(import.meta.dirname, '../AGENTS.md'), 'utf8')
  for (const { phrase, instead } of RULES) {
    expect(agents).toMatch(
      new RegExp(
        String.raw`^\| ${phrase} +\| ${instead.replaceAll(/[().]/g, String.raw`\$&`)} +\|`,
        'm',
      ),
    )
  }
})

test('the program reports and fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prose-'))
  await mkdir(join(folder, 'scripts'))
  for (const name of ['check-prose', 'find-prose', 'prose-rules', 'prose-exceptions']) {
    await cp(join(import.meta.dirname, `${name}.ts`), join(folder, 'scripts', `${name}.ts`))
  }
  await writeFile(join(folder, 'good.md'), 'Invalid URL.\n')
  await writeFile(join(folder, 'bad.md'), '# Title\n\nIt was called off.\n')
  spawnSync('git', ['init', '-q'], { cwd: folder })
  const check = (...paths: string[]) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(folder, 'scripts/check-prose.ts'), ...paths],
      { cwd: folder, encoding: 'utf8' },
    )
    return { status, stdout }
  }
  expect(check('good.md').status).toBe(0)
  expect(check('bad.md')).toEqual({
    status: 1,
    stdout: expect.stringContaining('bad.md:3 “called off”: write canceled'),
  })
  expect(check('missing.md').status).toBe(1)
})
