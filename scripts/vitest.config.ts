import { defineConfig } from 'vitest/config'
import { isMatrix, testOptions } from './test-options.ts'

export default defineConfig({
  test: {
    ...testOptions,
    include: isMatrix ? ['*.matrix.test.ts'] : ['*.test.ts'],
    exclude: isMatrix ? [] : ['**/*.matrix.test.ts'],
  },
})
