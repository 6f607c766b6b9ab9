import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'

const API = join(import.meta.dirname, '..')
const BUNDLE = join(API, 'node_modules/.cache/gateway-in-tests.mjs')

let bundled: Promise<string> | undefined

/**
 * Bundles the gateway into one file for tests, which start it often: the bundle starts in half the time of the sources.
 * Returns the file. Each process that starts gateways writes it again, so that it is never older than the sources.
 */
export function bundleGateway(): Promise<string> {
  return (bundled ??= bundle())
}

async function bundle(): Promise<string> {
  const build = await rolldown({
    input: join(API, 'src/main.ts'),
    platform: 'node',
    // As in the tests: graphql 16 has two builds, and two together do not work.
    resolve: { alias: { graphql: 'graphql/index.js' } },
    external: ['pg-native', '@graphql-yoga/render-graphiql'],
    plugins: [keepPlaces],
    logLevel: 'silent',
  })
  const file = `${BUNDLE}.${process.pid}`
  await build.write({ file, format: 'esm', codeSplitting: false })
  await build.close()
  await rename(file, BUNDLE)
  return BUNDLE
}

/** Keeps `import.meta` pointing at each module's own file, because some modules read files next to them. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  transform: {
    filter: { code: 'import.meta.' },
    handler: (code, id) =>
      code
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
  },
}

// The tests of the web app, which import nothing of the gateway, run this file.
if (import.meta.main) process.stdout.write(await bundleGateway())
