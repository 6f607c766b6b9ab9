import type { PipedreamFinding } from 'pipedream-client/node'
import { expect, onTestFinished, test } from 'vitest'
import { watchProject } from './watch-project.ts'

const problem = (check: PipedreamFinding['check'], what: string): PipedreamFinding => ({
  check,
  status: 'problem',
  what,
  fix: 'Correct it.',
})
const well: PipedreamFinding = { check: 'project', status: 'ok', what: 'It is well.', fix: null }
const full: PipedreamFinding = { ...problem('git', 'A warning.'), status: 'warning' }

/** Gives these findings one after the other; `looked` resolves when a further look begins. */
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

test('what is wrong is said once, with what to do, and is a warning until it is mended', async () => {
  const wrong = problem('project', 'It is not yours.')
  const { said, watch, over } = watchRounds([[well, wrong], [wrong], [wrong]])
  await over
  expect(said).toEqual([expect.stringMatching(/project.*It is not yours\. Correct it\./)])
  expect(watch.warnings()).toEqual([{ check: 'project', message: 'It is not yours.' }])
})

test('an unreachable Pipedream is asked again, and what it then says is new', async () => {
  const { said, watch, over } = watchRounds([
    [problem('reachability', 'No answer.')],
    [problem('credentials', 'Refused.')],
    [well, full],
  ])
  await over
  expect(said).toHaveLength(3)
  expect(said[1]).toContain('Refused.')
  expect(watch.warnings()).toEqual([])
})
