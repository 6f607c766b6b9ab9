// Bundles each entry point into one file, and their shared code into others: loading 80 small files takes 10 times as long and
// 10 times the memory. tsc builds the types, file by file.
import { rolldown } from 'rolldown'

const entryPoints = ['server', 'server-only', 'browser', 'react', 'node', 'cli']
const bundle = await rolldown({
  input: Object.fromEntries(entryPoints.map((name) => [name, `src/${name}.ts`])),
  platform: 'neutral',
  external: [/^node:/, /^(?:react|undici)(?:\/|$)/],
  onLog(level, log, report) {
    // 'use client' is kept at the top of react.js, the only place where it matters; load-entry-points.ts checks it.
    if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
  },
})
await bundle.write({
  dir: 'dist',
  format: 'esm',
  sourcemap: true,
  // Shared chunks give every entry point the same error classes.
  chunkFileNames: 'shared/[name].js',
})
await bundle.close()

// Test environments that resolve the `browser` condition load this file as CommonJS. It throws before a missing export can.
const stub = await rolldown({ input: 'src/server-only.ts', platform: 'neutral' })
await stub.write({ file: 'dist/server-only.cjs', format: 'cjs', sourcemap: true })
await stub.close()
