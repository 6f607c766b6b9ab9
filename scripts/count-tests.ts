import { globSync, readFileSync } from 'node:fs'

interface TestFile {
  name: string
  status: string
  message: string
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
  numPendingTests: number
  testResults: TestFile[]
}

// A file that could not be loaded failed, although it has no failed test.
function failuresOf({ numFailedTests, numFailedTestSuites }: Report): number {
  return Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0)
}

// Prints the failures again, because they are hard to find in the output of all packages.
function describeFailures({ name, status, message, assertionResults }: TestFile): string[] {
  const failed = assertionResults.filter((result) => result.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${name}: ${message}`] : []
  return failed.map((result) => `${name}: ${result.fullName}\n${result.failureMessages.join('\n')}`)
}

const reports = globSync('{scripts,apps/*,packages/*}/.reports/vitest*.json').map((path): Report =>
  JSON.parse(readFileSync(path, 'utf8')),
)
const sum = (count: (report: Report) => number) =>
  reports.reduce((total, report) => total + count(report), 0)

for (const failure of reports.flatMap((report) => report.testResults).flatMap(describeFailures)) {
  console.log(`\nFAILED ${failure}`)
}
const failed = sum(failuresOf)
const skipped = sum(({ numPendingTests }) => numPendingTests)
console.log(
  `${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
)
process.exitCode = failed > 0 || reports.length === 0 ? 1 : 0
