import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['../../scripts/own-temp-folder.ts'],
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    // The default leaves one core idle, which on two is half of them; much of each test is waiting for other processes.
    maxWorkers: 2,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Bounds for a busy machine, not waits.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
})
