import { defineConfig } from 'vitest/config'
import { isMatrix, testOptions } from '../../scripts/test-options.ts'

export default defineConfig({
  // graphql 16 has two builds; Node, and so every library here, takes this one, and two together do not work.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    ...testOptions,
    include: isMatrix
      ? ['test/crash.test.ts', 'src/connect/hints.test.ts', 'src/live/event-broker.test.ts']
      : ['{src,test}/**/*.test.ts'],
    globalSetup: [...testOptions.globalSetup, 'test/say-what-is-skipped.ts'],
    setupFiles: ['test/check-logs.ts'],
  },
})
