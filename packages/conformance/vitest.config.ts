import { defineConfig } from 'vitest/config'

// `test:matrix` runs the slow tests that rarely find what the others miss: other runtimes, and every variant of a kind.
const isMatrix = process.env.TEST_MATRIX === '1'

export default defineConfig({
  test: {
    globalSetup: ['../../scripts/own-temp-folder.ts'],
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    // The default leaves one core idle, which on two is half of them; much of each test is waiting for other processes.
    maxWorkers: 2,
    include: isMatrix
      ? ['src/**/*.matrix.test.ts', 'src/host-dialogs.test.ts']
      : ['src/**/*.test.ts'],
    exclude: isMatrix ? [] : ['**/*.matrix.test.ts'],
    reporters: [
      'default',
      ['json', { outputFile: isMatrix ? '.reports/vitest-matrix.json' : '.reports/vitest.json' }],
    ],
    // Bounds for a busy machine, not waits.
    expect: { poll: { timeout: 15_000 } },
    // Frameworks build whole apps there.
    testTimeout: isMatrix ? 400_000 : 60_000,
    hookTimeout: 60_000,
  },
})
