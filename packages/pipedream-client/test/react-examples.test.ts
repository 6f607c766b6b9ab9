import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createElement, type FunctionComponent } from 'react'
import { renderToString } from 'react-dom/server'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Every ```tsx block of the documentation. */
async function readExamples(): Promise<string[]> {
  const docs = await readdir(join(ROOT, 'docs'))
  const files = ['README.md', ...docs.map((name) => join('docs', name))]
  const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')))
  return texts.flatMap((text) =>
    [...text.matchAll(/^```tsx\n(.*?)^```$/gms)].map(([, code = '']) => code),
  )
}

// Inside the package, so that its own name resolves to its entry points.
let folder: string
let files: string[]
beforeAll(async () => {
  await mkdir(join(ROOT, '.reports'), { recursive: true })
  folder = await mkdtemp(join(ROOT, '.reports', 'examples-'))
  const examples = await readExamples()
  files = examples.map((_, index) => join(folder, `example-${index}.tsx`))
  await Promise.all(examples.map((code, index) => writeFile(files[index] ?? '', code)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every React example of the documentation has the right types', async () => {
  const config = { extends: join(ROOT, 'tsconfig.json'), include: ['*.tsx'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder])
  await expect(run).resolves.toMatchObject({ stdout: '' })
})

test('every React example of the documentation renders a button', async () => {
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) {
    const bundle = await rolldown({
      input: file,
      external: [/^react/],
      checks: { moduleLevelDirective: false },
    })
    const { output } = await bundle.generate({ format: 'esm' })
    await bundle.close()
    await writeFile(`${file}.mjs`, output[0].code)
    const { App }: { App: FunctionComponent<object> } = await import(
      /* @vite-ignore */ `${file}.mjs`
    )
    const props = { userId: 'ada', createConnectToken: () => Promise.reject(new Error('No.')) }
    expect(renderToString(createElement(App, props))).toMatch(
      /<button[^>]*>[^<]*(Slack|Google Sheets)/,
    )
  }
})
