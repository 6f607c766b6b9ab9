import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['../../scripts/own-temp-folder.ts'],
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // A bound for a busy machine, not a wait.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
