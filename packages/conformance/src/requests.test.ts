import { describe, expect, test } from 'vitest'
import { respondNormally } from './respond-normally.ts'
import { cases } from './cases.ts'
import { compareRequests } from './compare-requests.ts'
import { recordOfficial, recordOurs } from './record.ts'

const variants = cases.flatMap(({ official, variants }) =>
  Object.entries(variants).map(([name, variant]) => ({ title: `${official}: ${name}`, variant })),
)

describe('against the same server', () => {
  test.each(variants)('$title', async ({ variant }) => {
    const { respond = () => respondNormally, differs } = variant
    const official = await recordOfficial(variant.official, respond())
    const ours = await recordOurs(variant.ours, respond())
    expect(compareRequests(official, ours)).toEqual(differs?.facts ?? {})
    expect(ours.outcome).toBe(differs?.facts['outcome']?.ours ?? 'success')
    expect(official.requests).not.toEqual([])
  })
})
