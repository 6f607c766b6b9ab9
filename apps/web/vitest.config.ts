import { defineConfig } from 'vitest/config'
import { isMatrix, testOptions } from '../../scripts/test-options.ts'

export default defineConfig({
  test: {
    // Each of the two workers starts a gateway, an emulator and a Chromium for its browser tests.
    ...testOptions,
    include: isMatrix
      ? ['e2e/base-path.test.ts']
      : ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'e2e/**/*.test.ts'],
  },
})
