import { attacks } from './attack.ts'
import { CONFIRM, ownAddresses } from './own-flow.ts'

const PLAIN = { 'content-type': 'application/json' }

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
    async (arena) =>
      arena.send(
        `${(await ownAddresses(arena)).finish}?redirect=https://evil.example&next=//evil.example`,
        { as: arena.mallory },
      ),
    303,
    { never: /evil/ },
  ],
  [
    'the victim’s browser, lured into finishing for the attacker',
    async (arena) => arena.send((await ownAddresses(arena)).finish, { as: arena.ada }),
    403,
  ],
  [
    'confirming after another browser was lured',
    async (arena) => {
      const { flowId, finish } = await ownAddresses(arena)
      await arena.send(finish, { as: arena.ada })
      return arena.ask(CONFIRM, { flowId, accountId: arena.malloryAccount })
    },
    200,
    { says: /"FlowClosed"/ },
  ],
  [
    'the attacker’s browser cookie in the victim’s browser',
    async (arena) => {
      const { finish } = await ownAddresses(arena)
      const planted = `session=${arena.ada.cookies.get('session')}; browser=${arena.mallory.cookies.get('browser')}`
      return arena.send(finish, { headers: { cookie: planted } })
    },
    403,
  ],
  [
    'finishing a hundred times',
    async (arena) => {
      const { finish } = await ownAddresses(arena)
      return Promise.all(
        Array.from({ length: 100 }, () => arena.send(finish, { as: arena.mallory })),
      )
    },
    [303, 403],
  ],
  [
    'finishing by POST',
    async (arena) =>
      arena.send((await ownAddresses(arena)).finish, {
        method: 'POST',
        as: arena.mallory,
        headers: PLAIN,
        body: '{}',
      }),
    [404, 405],
  ],
])
