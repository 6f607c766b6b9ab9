import { defineConfig } from 'vitest/config'

// `test:matrix` runs the slow tests that rarely find what the others miss: other runtimes, and every variant of a kind.
const isMatrix = process.env.TEST_MATRIX === '1'

export default defineConfig({
  test: {
    globalSetup: ['own-temp-folder.ts'],
    include: isMatrix ? ['*.matrix.test.ts'] : ['*.test.ts'],
    exclude: isMatrix ? [] : ['**/*.matrix.test.ts'],
    // Bounds for a busy machine, not waits.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: [
      'default',
      ['json', { outputFile: isMatrix ? '.reports/vitest-matrix.json' : '.reports/vitest.json' }],
    ],
  },
})
