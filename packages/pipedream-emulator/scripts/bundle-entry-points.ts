// Makes one file of each door, and of what doors share, Hono too: three hundred small files take twice as long to load.
// The types stay as they are, file by file.
import { cp } from 'node:fs/promises'
import { rolldown } from 'rolldown'

const entryPoints = { index: 'src/index.ts', listen: 'src/server/listen.ts', cli: 'src/cli.ts' }
const bundle = await rolldown({
  input: entryPoints,
  platform: 'node',
  // As JSON the catalogue is read faster than as a program.
  external: [/^node:/, /\.json$/],
})
await bundle.write({
  dir: 'dist',
  format: 'esm',
  // Like the sources that read ../pages, one folder down.
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
