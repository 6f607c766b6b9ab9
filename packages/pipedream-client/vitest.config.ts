import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['../../scripts/own-temp-folder.ts'],
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    // The default leaves one core idle, which on two is half of them; much of each test is waiting for other processes.
    maxWorkers: 2,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // A browser on a busy machine takes its time; what is waited for is always an event, never the clock.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
