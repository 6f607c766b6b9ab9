import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { runAndKill } from './crash/run-and-kill.ts'
import { settleForGood } from './crash/settle-for-good.ts'
import { engines } from './fixtures/engines.ts'

const isMatrix = process.env.TEST_MATRIX === '1'
// The matrix kills the embedded database 200 times, and PostgreSQL a few times.
const KILLS = isMatrix ? { SQLite: 50, PostgreSQL: 8 } : { SQLite: 5, PostgreSQL: 2 }
const PARALLEL = isMatrix ? { SQLite: 4, PostgreSQL: 2 } : { SQLite: 2, PostgreSQL: 1 }

test.each(engines)(
  'on $name, kill -9 at any moment loses nothing that the gateway had returned',
  { timeout: 600_000 },
  async ({ name, makePlace }) => {
    // To reproduce the kill points of a failure, put its seed here. Timing still differs.
    const seed = randomInt(2 ** 31)
    const runs = Array.from({ length: PARALLEL[name] }, async (_, run) => {
      const place = await makePlace()
      const { location } = place
      const survivors = await runAndKill({ seed: seed + run, kills: KILLS[name], location })
      await settleForGood(survivors, location)
      await place.remove()
    })
    await Promise.all(runs).catch((cause: unknown) => {
      throw new Error(`With the seed ${seed}: ${String(cause)}`, { cause })
    })
    expect.hasAssertions()
  },
)
