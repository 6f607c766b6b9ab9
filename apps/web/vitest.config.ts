import { defineConfig } from 'vitest/config'

// `test:matrix` runs the slow tests that rarely find what the others miss: other runtimes, and every variant of a kind.
const isMatrix = process.env.TEST_MATRIX === '1'

export default defineConfig({
  test: {
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    include: isMatrix
      ? ['e2e/base-path.test.ts']
      : ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['../../scripts/own-temp-folder.ts'],
    reporters: [
      'default',
      ['json', { outputFile: isMatrix ? '.reports/vitest-matrix.json' : '.reports/vitest.json' }],
    ],
    // Each worker starts a gateway, an emulator and a Chromium, which its browser tests share.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A bound for a busy machine, as the two before; the default is one second.
    expect: { poll: { timeout: 15_000 } },
  },
})
