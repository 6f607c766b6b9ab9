import { defineConfig } from 'vitest/config'
import { isMatrix, testOptions } from '../../scripts/test-options.ts'

export default defineConfig({
  test: {
    ...testOptions,
    include: isMatrix
      ? ['src/**/*.matrix.test.ts', 'src/host-dialogs.test.ts']
      : ['src/**/*.test.ts'],
    exclude: isMatrix ? [] : ['**/*.matrix.test.ts'],
    // The matrix builds whole applications with their frameworks.
    testTimeout: isMatrix ? 400_000 : testOptions.testTimeout,
  },
})
