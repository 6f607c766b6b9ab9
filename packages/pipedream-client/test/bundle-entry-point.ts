import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const PRODUCT = 'product.js'

/**
 * Bundles an entry point as a page gets it: one minified module, without React. With `names`, only these exports and
 * what they need.
 */
export async function bundleEntryPoint(
  file: 'browser.ts' | 'react.ts',
  names: readonly string[] = [],
): Promise<string> {
  const path = fileURLToPath(new URL(`../src/${file}`, import.meta.url))
  const exported = names.length > 0 ? `{ ${names.join(', ')} }` : '*'
  const bundle = await rolldown({
    input: PRODUCT,
    platform: 'browser',
    external: ['react'],
    plugins: [
      {
        name: 'product',
        resolveId: (id) => (id === PRODUCT ? id : null),
        load: (id) => (id === PRODUCT ? `export ${exported} from ${JSON.stringify(path)}` : null),
      },
    ],
    // `use client` is for the bundlers of products, which read it before they bundle.
    checks: { moduleLevelDirective: false },
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output[0].code
}
