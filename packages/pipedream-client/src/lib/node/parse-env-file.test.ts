import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseEnvFile, readEnvFile } from '../../node.ts'

const read = (content: string | Uint8Array) =>
  parseEnvFile(
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
    '.env.local',
  )
const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()

const SETTINGS = ['# Pipedream', 'PIPEDREAM_CLIENT_ID=emulator-client', 'TEST_USER_ID="ada"', '']
const EXPECTED = { PIPEDREAM_CLIENT_ID: 'emulator-client', TEST_USER_ID: 'ada' }

describe.each([
  ['\\n', '\n'],
  ['\\r\\n', '\r\n'],
  ['\\r', '\r'],
])('with %s between lines', (_, lineEnd) => {
  // The first line is a setting, which a byte order mark would hide.
  const text = SETTINGS.slice(1).join(lineEnd)
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE with a mark', utf16le(`\uFEFF${text}`)],
    ['UTF-16 BE with a mark', utf16be(`\uFEFF${text}`)],
    ['UTF-16 LE', utf16le(text)],
    ['UTF-16 BE', utf16be(text)],
  ])('%s is read', (_, bytes) => {
    expect(read(bytes)).toEqual({ variables: EXPECTED, problems: [] })
  })
})

test('concatenated files keep every setting', () => {
  const both = read('\uFEFFPIPEDREAM_CLIENT_ID=emulator-client\r\n\uFEFFTEST_USER_ID=ada\r\n')
  expect(both).toEqual({ variables: EXPECTED, problems: [] })
})

test.each([
  ['export NAME=x', 'x'],
  ['  NAME = x  ', 'x'],
  ["NAME='x # y'", 'x # y'],
  ['NAME="a\\nb" # a comment', 'a\nb'],
  ['NAME="a\r\nb"', 'a\nb'],
  ['NAME=`it\'s "x"`', 'it\'s "x"'],
  ['NAME=', ''],
  ['NAME=x=y', 'x=y'],
  ['\u00A0NAME=x', 'x'],
  ['NAME=José', 'José'],
  [
    'NAME="-----BEGIN KEY-----\nabcd+/==\n-----END KEY-----"',
    '-----BEGIN KEY-----\nabcd+/==\n-----END KEY-----',
  ],
])('%j is a setting', (line, value) => {
  expect(read(`# first\n${line}\nLAST=1`)).toEqual({
    variables: { NAME: value, LAST: '1' },
    problems: [],
  })
})

describe('an invalid line is reported with its number, and other lines are still read', () => {
  const secret = 'emulator-secret'
  test.each([
    ['PowerShell', `$env:NAME = "${secret}"`],
    ['PowerShell, in braces', `\${env:NAME} = '${secret}'`],
    ['cmd', `set NAME=${secret}`],
    ['cmd, for ever', `setx NAME ${secret}`],
    ['YAML', `NAME: ${secret}`],
    ['JSON', `"NAME": "${secret}",`],
    ['a name in quotation marks', `"NAME"="${secret}"`],
    ['a value alone', secret],
    ['a space in the name', `MY NAME=${secret}`],
    ['an invisible sign in the name', `\u200BNAME=${secret}`],
    ['an open quotation mark', `NAME="${secret}`],
    ['more after the quotation mark', `NAME="${secret}";`],
    ['an apostrophe between apostrophes', `NAME='it's ${secret}'`],
    ['typographic quotation marks', `NAME=\u201C${secret}\u201D`],
    ['a NUL', `NAME=${secret}\0`],
    ['a NUL between quotation marks', `NAME="${secret}\0"`],
  ])('%s', (_, line) => {
    const { variables, problems } = read(
      `PIPEDREAM_CLIENT_ID=x\r\n${line}\r\nPORT_OF_MINE=1\r\nLAST="2"`,
    )
    expect(variables).toEqual({ PIPEDREAM_CLIENT_ID: 'x', PORT_OF_MINE: '1', LAST: '2' })
    expect(problems).toMatchObject([{ lines: [2] }])
    expect(problems[0]?.what).toMatch(/\.env\.local.*\b2\b/)
    expect(JSON.stringify(problems)).not.toContain(secret)
  })
})

test('a quotation mark closed far below swallows no settings', () => {
  const { variables, problems } = read('FIRST="a\nPIPEDREAM_PROJECT_ID=proj_x\nLAST="')
  expect(variables).toEqual({ PIPEDREAM_PROJECT_ID: 'proj_x' })
  expect(problems.flatMap(({ lines }) => lines)).toEqual([1, 3])
})

test('Windows-1252 is fine in comments, and reported in values', () => {
  const bytes = Buffer.from('# für Zoë\nTEST_USER_ID=Zoë\nNAME=x # für Zoë\nQUOTED="Zoë"', 'latin1')
  const { variables, problems } = read(bytes)
  expect(Object.keys(variables)).toEqual(['NAME'])
  expect(problems).toMatchObject([{ lines: [2, 4] }])
  expect(JSON.stringify(problems)).not.toContain('Zo')
})

test('UTF-16 that PowerShell appends to a UTF-8 file is reported', () => {
  const first = Buffer.from(
    `${SETTINGS.join('\n')}# and a long comment, so that most of it is UTF-8\n`,
  )
  const { variables, problems } = read(Buffer.concat([first, utf16le('SERVICE_KEY=x\r\n')]))
  expect(variables).toEqual(EXPECTED)
  expect(problems[0]?.lines[0]).toBe(5)
})

test('a binary file is a problem, not a crash', () => {
  const odd = utf16le('\uFEFFPIPEDREAM_CLIENT_ID=x').subarray(0, -1)
  expect(read(odd).problems).toMatchObject([{ lines: [] }])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { variables, problems } = read(bytes)
      for (const name of Object.keys(variables)) expect(name).toMatch(/^[A-Za-z_][\w.-]*$/)
      for (const { what, fix } of problems) expect(`${what} ${fix}`).toMatch(/^\.env\.local.*\.$/)
    }),
  )
})

test('many invalid lines are one sentence', () => {
  const { problems } = read(Array.from({ length: 400 }, () => 'nothing').join('\n'))
  expect(problems).toHaveLength(1)
  expect(problems[0]?.lines).toHaveLength(400)
  expect(problems[0]?.what.length).toBeLessThan(100)
})

test.each(['\u00A0', '\u2003', '\u3000', '\uFEFF', '\t'])(
  'blanks such as %j around a value are removed',
  (blank) => {
    const { variables } = read(`A=${blank}one${blank}\nB=${blank}two${blank}# why\nC="${blank}"`)
    expect(variables).toEqual({ A: 'one', B: 'two', C: blank })
  },
)

test('Node’s own parser returns the same values, apart from blanks around them', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/)
  const value = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .filter((text) => /^[^"'`\r\n\0\u2018-\u201F]*$/u.test(text))
  fc.assert(
    fc.property(name, value, (name, value) => {
      const expected = parseEnv(`${name}=${value.trim()}`)[name]
      expect(read(`${name}=${value}`).variables).toEqual({ [name]: expected?.trim() })
    }),
  )
})

test('a file is read by its path; a folder of its name is a problem', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'env-file-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, '.env.local')
  expect(await readEnvFile(path)).toBeUndefined()
  await writeFile(path, utf16le('NAME=x'))
  expect(await readEnvFile(path)).toEqual({ variables: { NAME: 'x' }, problems: [] })
  await mkdir(join(folder, 'dev.env'))
  const { problems } = (await readEnvFile(join(folder, 'dev.env'))) ?? {}
  expect(problems?.[0]?.what).toContain('dev.env')
})
