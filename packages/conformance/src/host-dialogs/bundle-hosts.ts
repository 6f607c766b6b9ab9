import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** The product's page and a chunk for each library, by file name. React is in development mode, which has the strict one. */
export async function bundleHosts(): Promise<Map<string, string>> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('page.tsx', import.meta.url)),
    platform: 'browser',
    checks: { moduleLevelDirective: false },
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
  })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return new Map(output.map((file) => [file.fileName, 'code' in file ? file.code : '']))
}
