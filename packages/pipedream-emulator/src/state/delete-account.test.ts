import { expect, test } from 'vitest'
import { deploy, triggerPath } from '../../test/deploy.ts'
import { createHarness } from '../../test/harness.ts'

const PROJECT = '/v1/connect/proj_emulator'

async function start() {
  const account = { app: 'slack', externalUserId: 'ada' }
  const accounts = [
    { ...account, id: 'apn_One' },
    { ...account, id: 'apn_Two' },
  ]
  const harness = await createHarness({ seed: { accounts } })
  const deployFor = async (id: string): Promise<string> =>
    (
      await deploy(harness, {
        id: 'slack-new-message',
        configured_props: { slack: { authProvisionId: id } },
      })
    ).body.data.id
  const isActive = async (id: string) => (await harness.asServer(triggerPath(id))).body.data.active
  return { ...harness, deployFor, isActive }
}

test.each([[`${PROJECT}/accounts/apn_One`], [`${PROJECT}/apps/slack/accounts`]])(
  'after DELETE %s the triggers that used it are inactive',
  async (path) => {
    const { asServer, deployFor, isActive } = await start()
    const one = await deployFor('apn_One')
    const two = await deployFor('apn_Two')
    expect(await asServer(path, { method: 'DELETE' })).toMatchObject({ status: 204 })
    expect(await isActive(one)).toBe(false)
    expect(await isActive(two)).toBe(path.endsWith('apn_One'))
  },
)

test('deleting a user deletes everything of theirs', async () => {
  const { asServer, deployFor, emulator } = await start()
  const id = await deployFor('apn_One')
  await asServer(`${PROJECT}/users/ada`, { method: 'DELETE' })
  expect(await asServer(triggerPath(id))).toMatchObject({ status: 404 })
  expect(emulator.state.save()).not.toContain('ada')
})
