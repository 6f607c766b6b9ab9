// What the Vitest configurations of all packages share.

/** `test:matrix` runs the slow tests that rarely find what the others miss: other runtimes, and every variant of a kind. */
export const isMatrix = process.env.TEST_MATRIX === '1'

/** How many of the runs of a property are due now: a quarter in the short run, and the rest in the matrix. */
export const shareOfRuns = (runs: number): number => (isMatrix ? runs * 0.75 : runs * 0.25)

const report = isMatrix ? '.reports/vitest-matrix.json' : '.reports/vitest.json'

export const testOptions = {
  globalSetup: [`${import.meta.dirname}/own-temp-folder.ts`],
  // Files of one worker share their modules, which saves a third of the time.
  isolate: false,
  // The default leaves one core idle, which on two is half of them; tests spend much time waiting for other processes.
  maxWorkers: 2,
  // Upper bounds for a busy machine. Tests wait for events, never for time to pass.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
  // scripts/count-tests.ts reads the reports.
  reporters: ['default', ['json', { outputFile: report }]] satisfies (string | [string, object])[],
}
