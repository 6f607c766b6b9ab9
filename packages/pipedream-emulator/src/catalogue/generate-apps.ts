import { createSeededRandom } from '../state/random.ts'

interface GeneratedApp {
  id: string
  slug: string
  name: string
  /** `#rrggbb`. */
  color: string
}

/** No word contains the name of an app of apps.json, so that a search for one of those finds it alone. */
const FIRST_WORDS =
  'Acorn Alder Amber Anchor Apex Arbor Aspen Atlas Aurora Autumn Badger Bamboo Basalt Beacon Birch Bramble Breeze Bright Bronze Canyon Cedar Citrus Clover Cobalt Copper Coral Crystal Dapper Delta Ember Falcon Fern Garnet Ginger Granite Harbor Hazel Heron Indigo Ivory Jasper Juniper Lark Lunar Maple Meadow Nimbus Nova Onyx Otter Pebble Quartz Raven River Saffron Solar Spruce Summit Tidal Willow'.split(
    ' ',
  )
const SECOND_WORDS =
  'Access Analytics Assets Billing Board Books Bridge Campaigns Capture Care Chat Commerce Contacts Contracts Dialer Docs Events Expenses Feedback Fleet Flow Forms Hire Hub Inbox Invoices Kiosk Learn Ledger Logistics Mail Metrics Notes Orders Payroll Pipeline Planner Projects Reports Rooms Signals Sites Support Surveys Tickets'.split(
    ' ',
  )
const ID_CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** Another seed changes ids and colors, which host products may have stored. */
const SEED = 1

/**
 * Generates invented apps, one for each pair of words, that give the catalogue the length of Pipedream's, for search
 * and paging. The result is the same in every process.
 */
export function generateApps(): GeneratedApp[] {
  const random = createSeededRandom(SEED)
  const pick = (characters: string) => characters.charAt(Math.floor(random() * characters.length))
  return FIRST_WORDS.flatMap((first) =>
    SECOND_WORDS.map((second) => ({
      id: `app_${Array.from({ length: 6 }, () => pick(ID_CHARACTERS)).join('')}`,
      slug: `${first}_${second}`.toLowerCase(),
      name: `${first} ${second}`,
      color: `#${Array.from({ length: 3 }, () => pick('23456789ab') + pick('0123456789abcdef')).join('')}`,
    })),
  )
}

/** Number of cells along each side of a generated logo. */
export const MARK_SIZE = 5

/**
 * Draws a generated logo as an SVG path: a pattern of cells with left-right symmetry. The same seed draws the same
 * pattern.
 */
export function drawMark(seed: number): string {
  const random = createSeededRandom(seed)
  const half = Math.ceil(MARK_SIZE / 2)
  let path = ''
  for (let y = 0; y < MARK_SIZE; y += 1) {
    for (let x = 0; x < half; x += 1) {
      // The middle of the grid is always filled, so that no logo is empty.
      const isCenter = x === half - 1 && y === half - 1
      if (!isCenter && random() < 0.5) continue
      for (const column of new Set([x, MARK_SIZE - 1 - x])) path += `M${column} ${y}h1v1h-1z`
    }
  }
  return path
}
