import type { PipedreamFinding } from 'pipedream-client/node'
import { expect, onTestFinished, test } from 'vitest'
import { watchProject } from './watch-project.ts'

const problem = (check: PipedreamFinding['check'], what: string): PipedreamFinding => ({
  check,
  status: 'problem',
  what,
  fix: 'Correct it.',
})
const well: PipedreamFinding = { check: 'project', status: 'ok', what: 'Project found.', fix: null }
const wide: PipedreamFinding = { ...problem('configuration', 'A wide scope.'), status: 'warning' }

/** Returns these findings one after the other; `over` resolves when the next check starts. */
function watchRounds(rounds: PipedreamFinding[][]) {
  const said: string[] = []
  const over = Promise.withResolvers<void>()
  const left = [...rounds]
  const watch = watchProject({
    diagnose: () => {
      const findings = left.shift()
      if (findings) return Promise.resolve(findings)
      over.resolve()
      return new Promise(() => {})
    },
    say: (line) => {
      said.push(line)
      if (left.length === 0 && rounds.at(-1)?.every(({ status }) => status !== 'problem')) {
        over.resolve()
      }
    },
    pausesMs: { unreachable: 0, refused: 0 },
  })
  onTestFinished(() => watch.stop())
  return { said, watch, over: over.promise }
}

test('a problem is printed once, with its fix, and is a warning until it is fixed', async () => {
  const wrong = problem('project', 'Wrong project.')
  const { said, watch, over } = watchRounds([[well, wrong], [wrong], [wrong]])
  await over
  expect(said).toEqual([expect.stringMatching(/project.*Wrong project\. Correct it\./)])
  expect(watch.warnings()).toEqual([{ check: 'project', message: 'Wrong project.' }])
})

test('an unreachable Pipedream is checked again, and a new finding is printed', async () => {
  const { said, watch, over } = watchRounds([
    [problem('reachability', 'No response.')],
    [problem('credentials', 'Refused.')],
    [well],
  ])
  await over
  expect(said).toHaveLength(3)
  expect(said[1]).toContain('Refused.')
  expect(watch.warnings()).toEqual([])
})

test('a finding that is only a warning is printed once, and does not count as a problem', async () => {
  const wrong = problem('project', 'Wrong project.')
  const { said, watch, over } = watchRounds([
    [wide, wrong],
    [wide, wrong],
    [wide, well],
  ])
  await over
  expect(said).toHaveLength(3)
  expect(said[0]).toContain('A wide scope. Correct it.')
  expect(said.filter((line) => line.includes('A wide scope.'))).toHaveLength(1)
  expect(watch.warnings()).toEqual([])
})
