import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** The browser door as a page gets it: one minified module. */
export function bundleBrowserDoor(): Promise<string> {
  return bundleDoor('browser.ts')
}

/** The React door, with all that it takes of the browser door, but without React. */
export function bundleReactDoor(): Promise<string> {
  return bundleDoor('react.ts')
}

async function bundleDoor(door: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../src/${door}`, import.meta.url)),
    platform: 'browser',
    external: ['react'],
    // The door's `use client` is for the bundlers of products, which read it before they bundle.
    checks: { moduleLevelDirective: false },
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output[0].code
}
