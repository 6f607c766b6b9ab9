import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** Bundles the product's page with a chunk for each library. React runs in development mode, to support strict mode. */
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
