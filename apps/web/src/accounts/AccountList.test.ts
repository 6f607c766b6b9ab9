import { expect, test } from 'vitest'
import { byApp } from './AccountList.tsx'

test('the accounts of an app stand together, and none is lost', () => {
  const accounts = ['slack', 'github', 'slack', 'notion', 'github'].map((slug, id) => ({
    id,
    app: { slug },
  }))
  const ids = byApp(accounts).map((group) => group.map(({ id }) => id))
  expect(ids).toEqual([[0, 2], [1, 4], [3]])
  expect(byApp([])).toEqual([])
})
