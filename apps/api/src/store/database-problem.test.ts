import * as fc from 'fast-check'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { describeProblem } from './database-problem.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'

const rejected = (code: string, message: string) =>
  new DatabaseUnavailable(
    Object.assign(new DatabaseError(message, message.length, 'error'), { code }),
  )

test('what anyone may read contains no name of a database, user or host, whatever the server says', () => {
  const codes = ['08P01', '28P01', '28000', '3D000', '42501', '53300', '57P03', 'XX000']
  const messages = [
    'no such database: NAME',
    'server login failed: FATAL password authentication failed for user "NAME"',
    'unsupported startup parameter: NAME',
    'timeout of NAME',
    'NAME',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.constantFrom(...messages), (code, message) => {
      const problem = describeProblem(rejected(code, message.replace('NAME', 'billing_prod')))
      expect(problem).toMatch(/^The database cannot be used: .+\. .+\.$/)
      expect(problem).not.toContain('billing_prod')
    }),
  )
})
