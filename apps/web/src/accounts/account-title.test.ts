import { describe, expect, test } from 'vitest'
import { accountTitle, lookalikeAccounts } from './account-title.ts'
import { messages } from './messages/en.ts'

const SHEETS = { slug: 'google_sheets', name: 'Google Sheets' }
const OPENAI = { slug: 'openai', name: 'OpenAI' }

test('an account is called by its name, and one without a name by its app', () => {
  expect(accountTitle({ name: 'ada@example.com', app: SHEETS }, messages)).toBe('ada@example.com')
  for (const name of [null, '', ' ']) {
    expect(accountTitle({ name, app: OPENAI }, messages)).toBe('OpenAI account')
  }
})

describe('lookalikeAccounts', () => {
  test('finds those of one app and one name, and those of one app without any', () => {
    const lookalikes = lookalikeAccounts([
      { id: '1', name: 'ada', app: SHEETS },
      { id: '2', name: 'grace', app: SHEETS },
      { id: '3', name: 'ada', app: SHEETS },
      { id: '4', name: 'ada', app: OPENAI },
      { id: '5', name: null, app: OPENAI },
      { id: '6', name: '', app: OPENAI },
    ])
    expect([...lookalikes].toSorted()).toEqual(['1', '3', '5', '6'])
  })
})
