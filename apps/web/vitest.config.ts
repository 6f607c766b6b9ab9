import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Files of one worker share their modules, which saves a third of the time.
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['e2e/stacks-folder.ts'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // Every browser test file starts a gateway, an emulator and a Chromium of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A bound for a busy machine, as the two before; the default is one second.
    expect: { poll: { timeout: 15_000 } },
  },
})
