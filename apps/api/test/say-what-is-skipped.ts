/** Runs once before all test files: says what they leave out, and why. */
export function setup(): void {
  if (process.env.TEST_DATABASE_URL !== undefined) return
  console.warn(
    'The tests on PostgreSQL are skipped: TEST_DATABASE_URL names no database to make theirs beside, such as postgres://postgres@127.0.0.1:5432/test.',
  )
}
