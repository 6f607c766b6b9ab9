import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { runAndKill } from './crash/run-and-kill.ts'
import { settleForGood } from './crash/settle-for-good.ts'
import { engines } from './fixtures/engines.ts'

// In the matrix two hundred on what is embedded, a few on what holds the same promises by other means.
const KILLS =
  process.env.TEST_MATRIX === '1' ? { SQLite: 50, PostgreSQL: 8 } : { SQLite: 8, PostgreSQL: 2 }
const LANES = { SQLite: 4, PostgreSQL: 2 }

test.each(engines)(
  'on $name, kill -9 at any moment loses nothing that was answered',
  { timeout: 600_000 },
  async ({ name, makePlace }) => {
    // To see the same places again: put the number of a failure here. Only the machine's own chance is not in it.
    const seed = randomInt(2 ** 31)
    const lanes = Array.from({ length: LANES[name] }, async (_, lane) => {
      const place = await makePlace()
      const { location } = place
      const survivors = await runAndKill({ seed: seed + lane, kills: KILLS[name], location })
      await settleForGood(survivors, location)
      await place.remove()
    })
    await Promise.all(lanes).catch((cause: unknown) => {
      throw new Error(`With the seed ${seed}: ${String(cause)}`, { cause })
    })
    expect.hasAssertions()
  },
)
