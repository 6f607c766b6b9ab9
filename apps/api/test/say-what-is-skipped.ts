/** Runs once before all test files: says what they leave out, and why. */
export function setup(): void {
  if (process.env.TEST_DATABASE_URL !== undefined) return
  console.warn(
    'The tests on PostgreSQL are skipped. To run them, set TEST_DATABASE_URL to a server, such as postgres://postgres@127.0.0.1:5432/test.',
  )
}
