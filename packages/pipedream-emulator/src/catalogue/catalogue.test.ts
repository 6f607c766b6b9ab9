import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { listApps, renderLogo } from './catalogue.ts'

test('ids and slugs are unique and have Pipedream’s format', () => {
  const apps = listApps()
  const keys = apps.flatMap(({ id, slug }) => [id, slug])
  expect(new Set(keys).size).toBe(keys.length)
  expect(apps.filter(({ id }) => !/^app_[0-9a-zA-Z]+$/.test(id))).toEqual([])
  // The route of the logos accepts no other characters.
  expect(apps.filter(({ slug }) => !/^[a-z0-9_]+$/.test(slug))).toEqual([])
  expect(apps.filter(({ color }) => !/^#[0-9a-fA-F]{6}$/.test(color))).toEqual([])
})

test('every app has a logo, and no other slug has one', async () => {
  const logos = await Promise.all(listApps().map(({ slug }) => renderLogo(slug)))
  expect(logos.filter((logo) => !/<(path|g|circle|rect|ellipse)[^>]/.test(logo ?? ''))).toEqual([])
  for (const slug of ['no_such_app', 'toString', '__proto__', '']) {
    expect(await renderLogo(slug)).toBeUndefined()
  }
})

test('generated ids, slugs and logos are the same in every process', async () => {
  const generated = listApps().slice(-2700)
  expect(generated[0]).toMatchObject({ slug: 'acorn_access', name: 'Acorn Access' })
  const text = generated.map(({ id, slug, color }) => `${id} ${slug} ${color}`).join('\n')
  const logo = await renderLogo('willow_tickets')
  const digests = [text, logo ?? ''].map((part) =>
    createHash('sha256').update(part).digest('hex').slice(0, 16),
  )
  // Host products may have stored these values: mention a change in a changeset.
  expect(digests).toEqual(['28de538fd1ea64d5', '420fbd1a53f634c8'])
})
