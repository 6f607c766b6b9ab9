import { expect, test } from 'vitest'
import { repeat } from './repeat.ts'

test('goes on after an error, and stops once the time under way is over', async () => {
  const errors: unknown[] = []
  const third = Promise.withResolvers<void>()
  const let3rdEnd = Promise.withResolvers<void>()
  let started = 0
  let ended = 0
  const stop = repeat(
    async () => {
      started += 1
      if (started === 1) throw new Error('down')
      if (started === 3) {
        third.resolve()
        await let3rdEnd.promise
      }
      ended += 1
    },
    { pauseMs: 0, onError: (error) => void errors.push(error) },
  )
  await third.promise
  const stopped = stop()
  let3rdEnd.resolve()
  await stopped
  expect({ started, ended, errors: errors.length }).toEqual({ started: 3, ended: 2, errors: 1 })
})
