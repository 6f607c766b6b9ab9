// Builds the gateway for production: JavaScript in a few files, which starts in less than half the time of the sources, needs
// less memory, and needs no packages. `node scripts/build.ts` writes it into `dist`.
import { cp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

const API = join(import.meta.dirname, '..')
const EMULATOR = join(API, '../../packages/pipedream-emulator/src')

/** Writes the program `main.js`, and next to it what only some gateways load, such as the emulator, GraphiQL and traces. */
export async function buildGateway(folder: string): Promise<void> {
  const build = await rolldown({
    input: { main: join(API, 'src/main.ts') },
    plugins: [emitThreads],
    platform: 'node',
    // graphql 16 has two builds, and two together do not work.
    resolve: { alias: { graphql: 'graphql/index.mjs' } },
    external: ['pg-native'],
    logLevel: 'silent',
  })
  await rm(folder, { recursive: true, force: true })
  await build.write({
    dir: folder,
    format: 'esm',
    // The text of the program stays in memory. Names stay readable, for stack traces.
    minify: {
      compress: { keepNames: { function: true, class: true } },
      mangle: false,
      codegen: { removeWhitespace: true, legalComments: 'none' },
    },
    plugins: [escapeNonAscii],
    // One folder down, like the sources of the emulator that read ../pages and ../catalogue.
    chunkFileNames: 'shared/[name]-[hash].js',
  })
  await build.close()
  await cp(join(EMULATOR, 'pages'), join(folder, 'pages'), { recursive: true, filter: isNoSource })
  await cp(join(EMULATOR, 'catalogue/logos.json'), join(folder, 'catalogue/logos.json'))
}

// Rolldown does not follow the URL of a thread's program.
const emitThreads: Plugin = {
  name: 'emit-threads',
  transform: {
    filter: { code: 'new Worker(' },
    handler(code, id) {
      return code.replace(/new URL\('(.+?)', import\.meta\.url\)/, (_url, path: string) => {
        const program = this.emitFile({ type: 'chunk', id: join(dirname(id), path) })
        return `new URL(import.meta.ROLLUP_FILE_URL_${program})`
      })
    },
  },
}

// V8 keeps a program with one other character in twice the memory. Only strings, templates and patterns contain any.
const escapeNonAscii: Plugin = {
  name: 'escape-non-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
}

function isNoSource(path: string): boolean {
  return !path.endsWith('.ts')
}

if (import.meta.main) await buildGateway(join(API, 'dist'))
