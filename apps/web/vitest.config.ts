import { defineConfig } from 'vitest/config'
import { isMatrix, testOptions } from '../../scripts/test-options.ts'

const variants = ['e2e/high-contrast.test.ts', 'e2e/right-to-left.test.ts']

export default defineConfig({
  test: {
    // Each of the two workers starts a gateway, an emulator and a Chromium for its browser tests.
    ...testOptions,
    include: isMatrix
      ? ['e2e/base-path.test.ts', ...variants]
      : ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'e2e/**/*.test.ts'],
    exclude: isMatrix ? [] : variants,
  },
})
