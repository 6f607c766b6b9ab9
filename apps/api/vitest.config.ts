import { defineConfig } from 'vitest/config'

// `test:matrix` runs the slow tests that rarely find what the others miss: other runtimes, and every variant of a kind.
const isMatrix = process.env.TEST_MATRIX === '1'

export default defineConfig({
  // graphql 16 has two builds; Node, and so every library here, takes this one, and two together do not work.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    // The default leaves one core idle, which on two is half of them; much of each test is waiting for other processes.
    maxWorkers: 2,
    include: isMatrix ? ['test/crash.test.ts'] : ['{src,test}/**/*.test.ts'],
    globalSetup: ['../../scripts/own-temp-folder.ts', 'test/say-what-is-skipped.ts'],
    setupFiles: ['test/check-logs.ts'],
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
