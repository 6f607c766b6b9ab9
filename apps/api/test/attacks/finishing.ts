import { attacks } from './attack.ts'
import { CONFIRM, ownAddresses } from './own-flow.ts'

export const finishing = attacks('finishing', [
  [
    'finishing a flow that is not there',
    ({ send }) => send(`/connect/finish/${'a'.repeat(43)}`),
    404,
  ],
  [
    'finishing the victim’s flow by its id',
    ({ send, mallory, adaFlow }) => send(`/connect/finish/${adaFlow}`, { as: mallory }),
    404,
  ],
  [
    'finishing with a quote and a comment',
    ({ send }) => send("/connect/finish/'%20or%201=1--"),
    404,
  ],
  [
    'finishing with a script',
    ({ send }) => send('/connect/finish/%3Cscript%3Ealert(1)%3C%2Fscript%3E'),
    404,
    { never: /<script/ },
  ],
  [
    'finishing with broken percent code',
    ({ send }) => send('/connect/finish/%E0%A4%A'),
    [400, 404],
  ],
  ['finishing with a NUL', ({ send }) => send('/connect/finish/%00'), [400, 404]],
  [
    'finishing towards another site',
    async (target) =>
      target.send(
        `${(await ownAddresses(target)).finish}?redirect=https://evil.example&next=//evil.example`,
        { as: target.mallory },
      ),
    303,
    { never: /evil/ },
  ],
  [
    'the victim’s browser, lured into finishing for the attacker',
    async (target) => target.send((await ownAddresses(target)).finish, { as: target.ada }),
    403,
  ],
  [
    'confirming after another browser was lured',
    async (target) => {
      const { flowId, finish } = await ownAddresses(target)
      await target.send(finish, { method: 'POST', as: target.ada })
      return target.ask(CONFIRM, { flowId, accountId: target.malloryAccount })
    },
    200,
    { says: /"FlowClosed"/ },
  ],
  [
    'the attacker’s browser cookie in the victim’s browser',
    async (target) => {
      const { finish } = await ownAddresses(target)
      const planted = `session=${target.ada.cookies.get('session')}; browser=${target.mallory.cookies.get('browser')}`
      return target.send(finish, { headers: { cookie: planted } })
    },
    403,
  ],
  [
    'finishing a hundred times',
    async (target) => {
      const { finish } = await ownAddresses(target)
      return Promise.all(
        Array.from({ length: 100 }, () => target.send(finish, { as: target.mallory })),
      )
    },
    [303, 403],
  ],
  [
    'finishing by POST, as a page of another site',
    async (target) => {
      const { flowId, finish } = await ownAddresses(target)
      const headers = { origin: 'https://evil.example' }
      const forged = await target.send(finish, { method: 'POST', as: target.ada, headers })
      const own = await target.ask('query ($id: ID!) { flow(id: $id) { status } }', { id: flowId })
      return [forged, own]
    },
    [200, 403],
    { says: /"OPEN"/ },
  ],
])
