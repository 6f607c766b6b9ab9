// Makes one file of each door, and of what doors share: eighty small files take ten times as long to load, and ten times the memory.
// The types stay as they are, file by file.
import { rolldown } from 'rolldown'

const doors = ['server', 'server-only', 'browser', 'react', 'node', 'cli']
const bundle = await rolldown({
  input: Object.fromEntries(doors.map((door) => [door, `src/${door}.ts`])),
  platform: 'neutral',
  external: [/^node:/, /^react(\/|$)/],
  onLog(level, log, report) {
    // 'use client' is kept where it counts, at the top of the React door; see open-doors.ts.
    if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
  },
})
await bundle.write({
  dir: 'dist',
  format: 'esm',
  sourcemap: true,
  // Errors must be of the same class, whichever door they come from.
  chunkFileNames: 'shared/[name].js',
})
await bundle.close()

// Test environments that resolve for browsers load this one, as CommonJS: it throws before its missing exports are an error.
const stub = await rolldown({ input: 'src/server-only.ts', platform: 'neutral' })
await stub.write({ file: 'dist/server-only.cjs', format: 'cjs', sourcemap: true })
await stub.close()
