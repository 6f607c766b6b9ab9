import { defineConfig } from 'vitest/config'
import { testOptions } from '../../scripts/test-options.ts'

export default defineConfig({
  test: { ...testOptions, include: ['test/**/*.test.ts'] },
})
