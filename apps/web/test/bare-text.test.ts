import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'
import { findBareText } from './find-bare-text.ts'

const WEB = join(import.meta.dirname, '..')
const SAMPLES = join(WEB, 'src/samples')
// The compiler checks the types of the whole app.
const TYPES_MS = 240_000

// Each is the body of a component; `text`, `count`, `maybe` and `children` are its props.
const BARE = {
  'text next to an element': '<p>Text<br /></p>',
  'a string next to an element': '<p><br />{text}</p>',
  'a number next to text': '<p>{count} accounts</p>',
  'text that is there at times, next to an element': '<p>{maybe && text}<br /></p>',
  'text or an element, next to an element': '<p>{maybe ? text : <br />}<br /></p>',
  'whatever a component is given, next to an element': '<p><br />{children}</p>',
  'a list of text': '<p>{[text, text]}</p>',
  'text in a fragment': '<>{text}</>',
  'text in a context': '<Context value={1}>{text}</Context>',
  'text in a boundary': '<Suspense>{text}</Suspense>',
  'text and an element for a component': '<Alone>Text<br /></Alone>',
  'nothing but text': 'text',
  'whatever a component is given, alone': 'children',
}

const SAFE = {
  'text alone in an element': '<p>{text}</p>',
  'text or an element, alone in an element': '<p>{maybe ? text : <br />}</p>',
  'text that is there at times, alone in an element': '<p>{maybe && text}</p>',
  'whatever a component is given, alone in an element': '<p>{children}</p>',
  'elements next to each other': '<p><span>{text}</span>{maybe && <br />}</p>',
  'text alone for a component': '<Alone>{text}</Alone>',
  'an empty string': '<p>{maybe ? "" : <br />}<br /></p>',
  'a list of elements': '<ul>{[text].map((it) => <li key={it}>{it}</li>)}</ul>',
}

let program: ts.Program
beforeAll(() => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(WEB, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
      },
    },
  )
  if (config === undefined) throw new Error('apps/web has no tsconfig.json.')
  const samples = new Map([
    [join(SAMPLES, 'bare.tsx'), sampleFile(BARE)],
    [join(SAMPLES, 'safe.tsx'), sampleFile(SAFE)],
  ])
  const host = ts.createCompilerHost(config.options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, options) => {
    const sample = samples.get(name)
    return sample === undefined ? read(name, options) : ts.createSourceFile(name, sample, options)
  }
  program = ts.createProgram([...config.fileNames, ...samples.keys()], config.options, host)
}, TYPES_MS)

test('no component renders bare text next to other nodes', { timeout: TYPES_MS }, () => {
  const found = findBareText(program, join(WEB, 'src'))
  expect(found.filter((one) => !one.startsWith('samples/'))).toEqual([])
})

test('the check finds bare text, and nothing else', { timeout: TYPES_MS }, () => {
  const lines = findBareText(program, SAMPLES)
  const bare = new Set(lines.map((one) => Number(one.split(':')[1]) - HEAD_LINES))
  expect(Object.keys(BARE).filter((_, index) => !bare.has(index + 1))).toEqual([])
  expect(lines.filter((one) => one.startsWith('safe.tsx'))).toEqual([])
})

const HEAD = `import { createContext, type ReactNode, Suspense } from 'react'
interface Props { text: string; count: number; maybe: boolean; children?: ReactNode }
const Context = createContext(0)
function Alone({ children }: { children: ReactNode }) { return <p>{children}</p> }
export const used = { Context, Alone, Suspense }`
const HEAD_LINES = HEAD.split('\n').length

function sampleFile(samples: Record<string, string>): string {
  const components = Object.values(samples).map(
    (body, index) =>
      `export function Sample${index}({ text, count, maybe, children }: Props) { void [text, count, maybe, children]; return ${body} }`,
  )
  return [HEAD, ...components].join('\n')
}
