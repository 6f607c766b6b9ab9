// Bundles each entry point and their shared code, including Hono: three hundred small files take twice as long to load.
// The types stay in separate files.
import { cp } from 'node:fs/promises'
import { rolldown } from 'rolldown'

const entryPoints = { index: 'src/index.ts', listen: 'src/server/listen.ts', cli: 'src/cli.ts' }
const bundle = await rolldown({
  input: entryPoints,
  platform: 'node',
  // The catalogue loads faster as JSON than as a program.
  external: [/^node:/, /\.json$/],
})
await bundle.write({
  dir: 'dist',
  format: 'esm',
  // One folder down, like the sources that read ../pages and ../catalogue.
  chunkFileNames: 'shared/[name].js',
})
await bundle.close()
const files = [
  ['src/catalogue', 'dist/catalogue'],
  ['src/pages', 'dist/pages'],
  ['node_modules/hono/LICENSE', 'dist/shared/hono.LICENSE'],
] as const
for (const [from, to] of files) {
  await cp(from, to, { recursive: true, filter: (path) => !/\.(ts|md)$/.test(path) })
}
