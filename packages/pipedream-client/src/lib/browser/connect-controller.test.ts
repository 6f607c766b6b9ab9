// @vitest-environment happy-dom
import { array, assert, asyncProperty, constantFrom, tuple } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type ConnectControllerOptions,
  ConnectError,
  createConnectController,
  type RememberedFlow,
} from '../../browser.ts'

interface Created {
  connectToken: string
  connectLinkUrl: string
  expiresAt: number
  flowId: string
}

type Options = ConnectControllerOptions<Created>

const SLACK = { app: 'slack' }
const GITHUB = { app: 'github' }
/** Where flows are remembered. */
const KEY = 'pipedream-connect'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Lets everything happen that waits for neither the clock nor a test. */
const settle = async () => {
  await new Promise((resolve) => setImmediate(resolve))
}

/** happy-dom reports each frame that it does not load as an error, so it loads an empty page instead. */
function answerFrames(): void {
  const { happyDOM } = Object(window)
  happyDOM.settings.enableIframePageLoading = true
  happyDOM.settings.fetch.interceptor = { beforeAsyncRequest: async () => new Response('') }
}

/** Calls that a test settles one by one, in order. */
function pending<Value>() {
  const calls: { resolve: (value: Value) => void; reject: (error: Error) => void }[] = []
  return {
    calls,
    call: () => new Promise<Value>((resolve, reject) => calls.push({ resolve, reject })),
  }
}

/** A product's page: what it did is in `log`. */
function openPage(options: Partial<Options> = {}) {
  const log: string[] = []
  let tokens = 0
  const created = () => {
    const id = ++tokens
    const connectLinkUrl = `https://connect.example.net/link?token=ctok_${id}`
    return {
      connectToken: `ctok_${id}`,
      connectLinkUrl,
      flowId: `flow-${id}`,
      expiresAt: Date.now() + 10 * MINUTE,
    }
  }
  const controller = createConnectController<Created>({
    async createConnectToken({ app }) {
      log.push(`token for ${app}`)
      return created()
    },
    onConnected: (flow, confirmed) =>
      log.push(`connected ${flow.accountId} ${flow.created.flowId}: ${String(confirmed)}`),
    onError: ({ code }, { target }) => log.push(`${code} ${target.app}`),
    onCancel: ({ target }) => log.push(`cancelled ${target.app}`),
    confirm: async ({ created }) => `confirmed ${created.flowId}`,
    pollMs: 0,
    ...options,
  })
  return { controller, log, created }
}

/** A page with an open flow for Slack, whose account can be confirmed only the second time. */
async function startUnconfirmed() {
  const confirm = vi.fn<() => Promise<string>>()
  confirm.mockRejectedValueOnce(new Error('HTTP 500')).mockResolvedValue('confirmed')
  const page = openPage({ confirm })
  page.controller.start(SLACK)
  await settle()
  return page
}

const frames = () => document.querySelectorAll('iframe').length
const dialogs = () => document.querySelectorAll('dialog').length

/** The hosted page posts this. */
function say(...messages: object[]): void {
  const frame = document.querySelector('iframe')
  for (const data of messages) {
    const { origin } = new URL(frame?.src ?? 'about:blank')
    window.dispatchEvent(
      new MessageEvent('message', { data, origin, source: frame?.contentWindow ?? null }),
    )
  }
}

const success = (accountId = 'apn_1') => ({ type: 'success', authProvisionId: accountId })
const closing = { type: 'close' }

/** The locks of this browser, which happy-dom does not have. A query is answered later with what was held when it came. */
function stubLocks(answered: Promise<void> = Promise.resolve()): Set<string> {
  const held = new Set<string>()
  vi.stubGlobal('navigator', {
    locks: {
      async request(name: string, use: () => Promise<void>) {
        held.add(name)
        await use()
        held.delete(name)
      },
      async query() {
        const names = [...held]
        await answered
        return { held: names.map((name) => ({ name })) }
      },
    },
  })
  return held
}

beforeEach(() => {
  answerFrames()
  vi.stubGlobal('crossOriginIsolated', false)
  stubLocks()
  localStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a flow', () => {
  test('goes from its token through the page to a confirmed account', async () => {
    const { controller, log } = openPage()
    const states: string[] = []
    const unsubscribe = controller.subscribe(() => states.push(controller.getState().status))
    controller.start(SLACK)
    await settle()
    say(success(), closing)
    await settle()
    expect(states).toEqual(['preparing', 'open', 'confirming', 'idle'])
    expect(log).toEqual(['token for slack', 'connected apn_1 flow-1: confirmed flow-1'])
    expect(frames()).toBe(0)
    unsubscribe()
    controller.start(SLACK)
    expect(states).toHaveLength(4)
    controller.cancel()
  })

  test('labels its dialog as the latest options say', async () => {
    const labels = { dialog: 'Connect', close: 'Close' }
    const { controller } = openPage({ labels })
    labels.dialog = 'Konto verbinden'
    labels.close = 'Schließen'
    controller.start(SLACK)
    await settle()
    const dialog = document.querySelector('dialog')
    expect(dialog?.ariaLabel).toBe('Konto verbinden')
    expect(dialog?.querySelector('button')?.ariaLabel).toBe('Schließen')
    controller.cancel()
  })

  test('has its dialog open when start returns, and its page when there is a token', async () => {
    const server = pending<Created>()
    const { controller, created } = openPage({ createConnectToken: server.call })
    controller.start(SLACK)
    expect(dialogs()).toBe(1)
    expect(controller.getState()).toMatchObject({ status: 'preparing', target: SLACK })
    await settle()
    expect(frames()).toBe(0)
    server.calls[0]?.resolve(created())
    await settle()
    expect(frames()).toBe(1)
    controller.cancel()
    expect(dialogs()).toBe(0)
  })

  test('whose dialog the user closes before there is a token is cancelled when there is one', async () => {
    const server = pending<Created>()
    const onOpen = vi.fn<() => void>()
    const { controller, log, created } = openPage({ createConnectToken: server.call, onOpen })
    controller.start(SLACK)
    await settle()
    document.querySelector('dialog')?.close()
    expect(dialogs()).toBe(0)
    expect(log).toEqual([])
    server.calls[0]?.resolve(created())
    await settle()
    expect(log).toEqual(['cancelled slack'])
    expect(controller.getState()).toEqual({ status: 'idle' })
    expect(onOpen).not.toHaveBeenCalled()
  })

  test('with an invalid address fails without being opened', async () => {
    const onOpen = vi.fn<() => void>()
    const setItem = vi.fn<() => void>()
    const { controller, log } = openPage({
      onOpen,
      readFlow: async () => ({}),
      storage: { getItem: () => null, setItem, removeItem() {} },
      connectUrl: 'javascript:void 0',
    })
    const states: string[] = []
    controller.subscribe(() => states.push(controller.getState().status))
    controller.start(SLACK)
    await settle()
    expect(states).toEqual(['preparing', 'error'])
    expect(log).toEqual(['token for slack', 'ERR_INVALID_INPUT slack'])
    expect(onOpen).not.toHaveBeenCalled()
    expect(setItem).not.toHaveBeenCalled()
  })

  test('keeps a second one from starting', async () => {
    const { controller, log } = openPage()
    controller.start(SLACK)
    controller.start(GITHUB)
    await settle()
    expect(log).toEqual(['token for slack'])
    controller.cancel()
  })

  test('that could not be confirmed is confirmed again for its own target alone', async () => {
    const { controller, log } = await startUnconfirmed()
    say(success())
    await settle()
    expect(controller.getState().error?.code).toBe('ERR_CONFIRM_FAILED')
    controller.prefetch(SLACK)
    controller.start(SLACK)
    await settle()
    expect(log).toEqual([
      'token for slack',
      'ERR_CONFIRM_FAILED slack',
      'connected apn_1 flow-1: confirmed',
    ])
  })

  test('that could not be confirmed is confirmed again after a flow for another target', async () => {
    const { controller, log } = await startUnconfirmed()
    const created = { flowId: 'flow-9', expiresAt: 0 }
    const resumed = controller.resume({ target: GITHUB, created, accountId: 'apn_9' })
    say(success())
    await resumed
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(0)
    expect(log).toEqual([
      'token for slack',
      'ERR_CONFIRM_FAILED slack',
      'connected apn_9 flow-9: confirmed',
      'connected apn_1 flow-1: confirmed',
    ])
  })

  test('that could not be confirmed is over when the server reports its account', async () => {
    const { controller, log } = await startUnconfirmed()
    say(success())
    await settle()
    const created = { flowId: 'flow-1', expiresAt: 0 }
    await controller.resume({ target: SLACK, created, accountId: 'apn_1' })
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(1)
    expect(log.at(-1)).toBe('token for slack')
    controller.cancel()
  })

  test('whose confirmation never comes can be cancelled, and is still reported if it does', async () => {
    const server = pending<string>()
    const { controller, log } = openPage({ confirm: server.call })
    controller.start(SLACK)
    await settle()
    say(success())
    await settle()
    controller.cancel()
    expect(controller.getState()).toEqual({ status: 'idle' })
    controller.start(GITHUB)
    await settle()
    server.calls[0]?.resolve('confirmed')
    await settle()
    expect(controller.getState()).toMatchObject({ status: 'open', target: GITHUB })
    expect(log).toEqual([
      'token for slack',
      'token for github',
      'connected apn_1 flow-1: confirmed',
    ])
    controller.cancel()
  })

  test('that fails in the callback’s words carries its error', async () => {
    const error = new ConnectError('ERR_CANCELLED', 'Three is the most.')
    const { controller, log } = openPage({ confirm: () => Promise.reject(error) })
    controller.start(SLACK)
    await settle()
    say(success())
    await settle()
    expect(controller.getState().error).toBe(error)
    expect(log.at(-1)).toBe('ERR_CANCELLED slack')
    controller.cancel()
  })
})

/** A page whose server prepares tokens when a test says so. */
function openPreparingPage(options: Partial<Options> = {}) {
  const server = pending<{ expiresAt: number }>()
  const prepared: string[] = []
  const page = openPage({
    prepareConnectToken({ app }) {
      prepared.push(app)
      return server.call()
    },
    ...options,
  })
  const answer = async (lifeMs = MINUTE) => {
    server.calls.shift()?.resolve({ expiresAt: Date.now() + lifeMs })
    await settle()
  }
  const answerLatest = async () => {
    server.calls.pop()?.resolve({ expiresAt: Date.now() + MINUTE })
    await settle()
  }
  return { ...page, prepared, server, answer, answerLatest }
}

describe('prefetch', () => {
  test('has the server prepare a token once for each target, and creates none', async () => {
    const { controller, prepared, answer, log } = openPreparingPage()
    controller.prefetch(SLACK)
    controller.prefetch(SLACK)
    await answer()
    controller.prefetch(SLACK)
    controller.prefetch(GITHUB)
    expect(prepared).toEqual(['slack', 'github'])
    expect(log).toEqual([])
  })

  test('prepares again after a click, when the server has dropped the token, and after a failure', async () => {
    const { controller, prepared, server, answer, log } = openPreparingPage()
    controller.prefetch(SLACK)
    await answer()
    controller.start(SLACK)
    await settle()
    expect(log).toEqual(['token for slack'])
    controller.cancel()
    controller.prefetch(SLACK)
    await answer(-MINUTE)
    controller.prefetch(SLACK)
    server.calls.shift()?.reject(new Error('HTTP 500'))
    await settle()
    controller.prefetch(SLACK)
    expect(prepared).toHaveLength(4)
  })

  describe('and a click', () => {
    test('waits for all of a new browser, because each may set its cookie', async () => {
      const page = openPreparingPage()
      page.controller.prefetch(GITHUB)
      page.controller.prefetch(SLACK)
      await page.answerLatest()
      page.controller.start(SLACK)
      await settle()
      expect(page.log).toEqual([])
      await page.answer()
      expect(page.log).toEqual(['token for slack'])
      page.controller.cancel()
    })

    test('waits for the same target alone when the browser has its cookie', async () => {
      const page = openPreparingPage()
      page.controller.prefetch(SLACK)
      await page.answer()
      page.controller.prefetch(GITHUB)
      page.controller.start(SLACK)
      await settle()
      expect(page.log).toEqual(['token for slack'])
      page.controller.cancel()
      page.controller.prefetch(SLACK)
      page.controller.start(SLACK)
      await settle()
      expect(page.log).toHaveLength(1)
      await page.answerLatest()
      expect(page.log).toEqual(['token for slack', 'token for slack'])
      page.controller.cancel()
    })

    test('waits for all after a failure, which sets no cookie', async () => {
      const page = openPreparingPage()
      page.controller.prefetch(SLACK)
      page.server.calls.shift()?.reject(new Error('HTTP 500'))
      await settle()
      page.controller.prefetch(GITHUB)
      page.controller.start(SLACK)
      await settle()
      expect(page.log).toEqual([])
      await page.answer()
      expect(page.log).toEqual(['token for slack'])
      page.controller.cancel()
    })

    test('waits for all that was asked for another user, because each user has a cookie', async () => {
      const { server, answer, created } = openPreparingPage()
      const users: unknown[] = []
      const options: Options = {
        user: 'ada',
        prepareConnectToken: server.call,
        async createConnectToken() {
          users.push(options.user)
          return created()
        },
      }
      const controller = createConnectController(options)
      controller.prefetch(SLACK)
      await answer()
      controller.prefetch(GITHUB)
      for (const user of ['grace', 'ada']) {
        options.user = user
        controller.start(SLACK)
        await settle()
        expect(users).not.toContain(user)
        await answer()
        expect(users.pop()).toBe(user)
        controller.cancel()
        controller.prefetch(GITHUB)
      }
    })
  })

  test('of one user creates nothing for the next one', async () => {
    const users: unknown[] = []
    const options: Partial<Options> = {
      user: 'ada',
      prepareConnectToken: async () => ({ expiresAt: Date.now() + MINUTE }),
    }
    const { created } = openPage()
    const controller = createConnectController<Created>(
      Object.assign(options, {
        async createConnectToken() {
          users.push(options.user)
          return created()
        },
      }),
    )
    controller.prefetch(SLACK)
    controller.start(SLACK)
    options.user = 'grace'
    await settle()
    expect(users).toEqual([])
    expect(dialogs()).toBe(0)
  })

  test('does nothing where the server prepares nothing', async () => {
    const { controller, log } = openPage()
    controller.prefetch(SLACK)
    await settle()
    expect(log).toEqual([])
  })
})

describe('resume with a flow', () => {
  const finished = {
    target: SLACK,
    created: { flowId: 'flow-9', expiresAt: 0 },
    accountId: 'apn_9',
  }

  test('confirms its account without a page', async () => {
    const { controller, log } = openPage()
    await controller.resume(finished)
    expect(log).toEqual(['connected apn_9 flow-9: confirmed flow-9'])
  })

  test('that could not be confirmed does not keep start from connecting another account', async () => {
    const { controller, log } = openPage({ confirm: () => Promise.reject(new Error('HTTP 500')) })
    await controller.resume(finished)
    expect(controller.getState()).toMatchObject({ status: 'error', target: SLACK })
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(1)
    expect(log).toEqual(['ERR_CONFIRM_FAILED slack', 'token for slack'])
    controller.cancel()
  })

  test('ends the open flow of the same target', async () => {
    const { controller, log } = openPage()
    controller.start(SLACK)
    await settle()
    await controller.resume(finished)
    await settle()
    expect(frames()).toBe(0)
    expect(log).toEqual(['token for slack', 'connected apn_9 flow-9: confirmed flow-9'])
  })

  test('is dropped by cancel while it waits', async () => {
    const { controller, log } = openPage()
    controller.start(GITHUB)
    await settle()
    const resumed = controller.resume(finished)
    controller.cancel()
    await resumed
    await settle()
    expect(log).toEqual(['token for github'])
  })

  test('is confirmed although the previous user has the page of its target open', async () => {
    const { created } = openPage()
    const confirmed: string[] = []
    const options: Options = {
      user: 'ada',
      createConnectToken: async () => created(),
      onConnected: ({ accountId }) => confirmed.push(accountId),
    }
    const controller = createConnectController<Created>(options)
    controller.start(SLACK)
    await settle()
    options.user = 'grace'
    await controller.resume(finished)
    expect(frames()).toBe(0)
    expect(confirmed).toEqual(['apn_9'])
  })

  test('waits for the open flow of another target', async () => {
    const { controller, log } = openPage()
    controller.start(GITHUB)
    await settle()
    const resumed = controller.resume(finished)
    await settle()
    expect(frames()).toBe(1)
    say(success(), closing)
    await resumed
    expect(log.slice(1)).toEqual([
      'connected apn_1 flow-1: confirmed flow-1',
      'connected apn_9 flow-9: confirmed flow-9',
    ])
  })
})

describe('a flow whose page does not report its account', () => {
  test('is finished when the server knows of it', async () => {
    let accountId: string | null = null
    const { controller, log } = openPage({ readFlow: async () => ({ accountId }) })
    controller.start(SLACK)
    await settle()
    await controller.resume()
    expect(frames()).toBe(1)
    accountId = 'apn_7'
    await controller.resume()
    await settle()
    expect(frames()).toBe(0)
    expect(log.at(-1)).toBe('connected apn_7 flow-1: confirmed flow-1')
  })

  test('is asked for at intervals, as long as it is open', async () => {
    vi.useFakeTimers()
    const readFlow = vi.fn<() => Promise<{ accountId?: string }>>().mockResolvedValue({})
    const { controller, log } = openPage({ readFlow, pollMs: 5000 })
    controller.start(SLACK)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(readFlow).toHaveBeenCalledTimes(2)
    readFlow.mockResolvedValue({ accountId: 'apn_7' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(log.at(-1)).toBe('connected apn_7 flow-1: confirmed flow-1')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is closed, and not asked for, after another user has signed in', async () => {
    vi.useFakeTimers()
    const { created } = openPage()
    const readFlow = vi.fn<() => Promise<object>>().mockResolvedValue({})
    const options: Options = { user: 'ada', createConnectToken: async () => created(), readFlow }
    createConnectController<Created>(options).start(SLACK)
    await vi.advanceTimersByTimeAsync(0)
    expect(frames()).toBe(1)
    options.user = 'grace'
    await vi.advanceTimersByTimeAsync(5000)
    expect(frames()).toBe(0)
    expect(readFlow).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is not finished twice when the page reports it while the server is asked', async () => {
    const server = pending<{ accountId: string }>()
    const { controller, log } = openPage({ readFlow: server.call })
    controller.start(SLACK)
    await settle()
    const resumed = controller.resume()
    await settle()
    say(success())
    await settle()
    server.calls[0]?.resolve({ accountId: 'apn_1' })
    await resumed
    await settle()
    expect(log).toEqual(['token for slack', 'connected apn_1 flow-1: confirmed flow-1'])
  })
})

/** Opens a flow for each target, in tabs that then go away without another word. */
async function cutOff(options: Partial<Options> = {}, targets = [SLACK]) {
  const locks = stubLocks()
  const { created } = openPage()
  const createConnectToken = async () => created()
  for (const target of targets) {
    openPage({ createConnectToken, readFlow: async () => ({}), ...options }).controller.start(
      target,
    )
    await settle()
  }
  document.body.replaceChildren()
  // A page that goes away runs no code, so its storage is put back as it was, and the browser releases its locks.
  const stored = Object.entries(localStorage)
  await settle()
  localStorage.clear()
  for (const [key, value] of stored) localStorage.setItem(key, String(value))
  locks.clear()
}

/** A controller in another page of this browser. */
async function openTab() {
  vi.resetModules()
  const browser = await import('../../browser.ts')
  const readFlow = vi.fn<() => Promise<object>>().mockResolvedValue({})
  const options = { createConnectToken: async () => openPage().created(), readFlow, pollMs: 0 }
  return { controller: browser.createConnectController<Created>(options), readFlow }
}

/** A page whose server knows the accounts of the flows that were cut off, and none of the page's own flows. */
function openResumedPage() {
  const accounts: Record<string, string> = {}
  const readFlow = async ({ created }: RememberedFlow<Created>) => ({
    accountId: 'connectToken' in created ? null : accounts[created.flowId],
  })
  return { ...openPage({ readFlow }), accounts }
}

describe('a flow that was cut off', () => {
  test('is remembered without its token', async () => {
    await cutOff()
    const stored = JSON.stringify(Object.entries(localStorage))
    expect(stored).toContain('flow-1')
    expect(stored).not.toContain('ctok')
  })

  test.each([
    { connectUrl: 'https://connect.example.net/page?session=s3cret' },
    { connect_link_url: 'https://connect.example.net/link?token=ctok_1' },
    { body: { links: ['https://connect.example.net/link?token=ctok_1'] } },
  ])('is remembered without a secret in %j', async (members) => {
    const createConnectToken = async () => ({ ...openPage().created(), ...members })
    await cutOff({ createConnectToken })
    const stored = JSON.stringify(Object.entries(localStorage))
    expect(stored).toContain('flow-1')
    expect(stored).not.toMatch(/ctok_1|s3cret/)
  })

  test('is remembered while its account is confirmed, even if it was cancelled', async () => {
    const server = pending<string>()
    const { controller } = openPage({ readFlow: async () => ({}), confirm: server.call })
    controller.start(SLACK)
    await settle()
    say(success())
    await settle()
    controller.cancel()
    await settle()
    expect(localStorage.length).toBe(1)
    server.calls[0]?.resolve('confirmed')
    await settle()
    expect(localStorage.length).toBe(0)
  })

  test('is resumed with the account that it has by now', async () => {
    await cutOff()
    const read: RememberedFlow<Created>[] = []
    const readFlow = async (flow: RememberedFlow<Created>) => {
      read.push(flow)
      return { accountId: 'apn_7' }
    }
    const { controller, log } = openPage({ readFlow })
    await controller.resume()
    expect(log).toEqual(['connected apn_7 flow-1: confirmed flow-1'])
    expect(read).toEqual([
      { target: SLACK, created: { flowId: 'flow-1', expiresAt: expect.any(Number) } },
    ])
    expect(localStorage.length).toBe(0)
  })

  test('is interrupted until it has one, and then ends a new attempt of the same target', async () => {
    await cutOff()
    const { controller, log, accounts } = openResumedPage()
    await controller.resume()
    expect(controller.getState()).toMatchObject({ status: 'idle', interrupted: { target: SLACK } })
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(1)
    accounts['flow-1'] = 'apn_1'
    await controller.resume()
    await settle()
    expect(frames()).toBe(0)
    expect(log).toEqual(['token for slack', 'connected apn_1 flow-1: confirmed flow-1'])
    expect(controller.getState()).toEqual({ status: 'idle', interrupted: undefined })
  })

  test.each([
    ['of two apps', [SLACK, GITHUB]],
    ['of one app', [SLACK, SLACK]],
  ])(
    'and another one, %s, are both confirmed when they have their accounts',
    async (_, targets) => {
      await cutOff({}, targets)
      const { controller, log, accounts } = openResumedPage()
      await controller.resume()
      expect(controller.getState().interrupted).toBeDefined()
      accounts['flow-2'] = 'apn_2'
      await controller.resume()
      await settle()
      expect(controller.getState().interrupted).toMatchObject({ created: { flowId: 'flow-1' } })
      accounts['flow-1'] = 'apn_1'
      await controller.resume()
      await settle()
      expect(log).toEqual([
        'connected apn_2 flow-2: confirmed flow-2',
        'connected apn_1 flow-1: confirmed flow-1',
      ])
      expect(controller.getState()).toEqual({ status: 'idle' })
    },
  )

  test('and another one are both confirmed when they end a new attempt', async () => {
    await cutOff({}, [SLACK, SLACK])
    const { controller, log, accounts } = openResumedPage()
    await controller.resume()
    controller.start(SLACK)
    await settle()
    Object.assign(accounts, { 'flow-1': 'apn_1', 'flow-2': 'apn_2' })
    await controller.resume()
    await settle()
    expect(frames()).toBe(0)
    expect(log).toEqual([
      'token for slack',
      'connected apn_1 flow-1: confirmed flow-1',
      'connected apn_2 flow-2: confirmed flow-2',
    ])
  })

  test('is dropped when its token has expired', async () => {
    await cutOff()
    vi.useFakeTimers({ now: Date.now() + 10 * MINUTE })
    const { controller } = openPage({ readFlow: async () => ({}) })
    await controller.resume()
    expect(controller.getState().interrupted).toBeUndefined()
    expect(localStorage.length).toBe(0)
  })

  test('is told once: a second page load knows nothing of it', async () => {
    await cutOff()
    const readFlow = vi.fn<() => Promise<object>>().mockResolvedValue({})
    await openPage({ readFlow }).controller.resume()
    await openPage({ readFlow }).controller.resume()
    expect(readFlow).toHaveBeenCalledTimes(1)
  })

  test('is left to the next page when the controller is cancelled while it resumes', async () => {
    await cutOff()
    const locks = pending<{ held: [] }>()
    vi.stubGlobal('navigator', { locks: { query: locks.call } })
    const readFlow = vi.fn<() => Promise<object>>().mockResolvedValue({})
    const { controller } = openPage({ readFlow })
    const resumed = controller.resume()
    controller.cancel()
    locks.calls[0]?.resolve({ held: [] })
    await resumed
    expect(readFlow).not.toHaveBeenCalled()
    expect(JSON.stringify(Object.entries(localStorage))).toContain('flow-1')
  })

  test('is not reported after the controller was cancelled while the server was asked', async () => {
    await cutOff()
    const responses = pending<{ accountId?: string }>()
    const { controller, log } = openPage({ readFlow: responses.call })
    const resumed = controller.resume()
    await settle()
    controller.cancel()
    responses.calls[0]?.resolve({ accountId: 'apn_7' })
    await resumed
    await settle()
    expect(log).toEqual([])
    expect(controller.getState()).toEqual({ status: 'idle', interrupted: undefined })
  })

  test('stays interrupted when readFlow throws', async () => {
    await cutOff()
    const readFlow = vi.fn<() => Promise<object>>().mockImplementation(() => {
      throw new Error('not ready')
    })
    const { controller } = openPage({ readFlow })
    await controller.resume()
    expect(controller.getState().interrupted?.target).toEqual(SLACK)
    controller.cancel()
  })

  test('is not resumed for another user of this browser', async () => {
    await cutOff({ user: 'ada' })
    const readFlow = vi.fn<() => Promise<object>>().mockResolvedValue({ accountId: 'apn_7' })
    const { controller, log } = openPage({ readFlow, user: 'grace' })
    await controller.resume()
    expect(readFlow).not.toHaveBeenCalled()
    expect(log).toEqual([])
    expect(JSON.stringify(Object.entries(localStorage))).toContain('flow-1')
  })

  test('of another user or button is forgotten a day after its token has expired', async () => {
    await cutOff({ user: 'ada' })
    const lastDay = Date.now() + 10 * MINUTE + DAY
    vi.useFakeTimers({ now: lastDay - MINUTE, toFake: ['Date'] })
    const { controller } = openPage({ readFlow: async () => ({}), user: 'grace' })
    await controller.resume()
    expect(JSON.stringify(Object.entries(localStorage))).toContain('flow-1')
    vi.setSystemTime(lastDay)
    await controller.resume()
    expect(localStorage.length).toBe(0)
  })

  test('that the server does not know as this user’s is dropped', async () => {
    await cutOff()
    const { controller, log } = openPage({ readFlow: async () => null })
    await controller.resume()
    expect(controller.getState()).toEqual({ status: 'idle' })
    expect(log).toEqual([])
  })

  test('stays interrupted when the server cannot be asked', async () => {
    await cutOff()
    const { controller } = openPage({ readFlow: () => Promise.reject(new Error('HTTP 500')) })
    await controller.resume()
    expect(controller.getState().interrupted?.target).toEqual(SLACK)
    controller.cancel()
    expect(controller.getState().interrupted).toBeUndefined()
  })

  test('in another tab, which still has it open, is left alone', async () => {
    const locks = stubLocks()
    const { controller: first } = openPage({ readFlow: async () => ({}) })
    first.start(SLACK)
    await settle()
    expect(locks.size).toBe(1)
    const copy = await openTab()
    await copy.controller.resume()
    expect(copy.readFlow).not.toHaveBeenCalled()
    first.cancel()
    await settle()
    expect(locks.size).toBe(0)
    expect(localStorage.length).toBe(0)
  })

  test('in another tab, which opens it while this one looks for flows, is left alone', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    stubLocks(promise)
    const copy = await openTab()
    const resumed = copy.controller.resume()
    const { controller: first } = openPage({ readFlow: async () => ({}) })
    first.start(SLACK)
    await settle()
    resolve()
    await resumed
    expect(copy.readFlow).not.toHaveBeenCalled()
    expect(localStorage.length).toBe(1)
    first.cancel()
  })

  test('is not remembered where there are no locks', async () => {
    vi.stubGlobal('navigator', {})
    const { controller } = openPage({ readFlow: async () => ({}) })
    controller.start(SLACK)
    await settle()
    expect(localStorage.length).toBe(0)
    await controller.resume()
    expect(frames()).toBe(1)
    controller.cancel()
  })

  test.each([
    'garbage',
    'null',
    '5',
    '"s"',
    '[null]',
    '{"a":null}',
    '{"a":{"created":{"expiresAt":9999999999}}}',
    '{"a":{"user":"","target":{"app":"slack"}}}',
    '{"a":{"user":"","target":{"app":"slack"},"created":{"expiresAt":"never"}}}',
  ])('is remembered and resumed where storage contains %s', async (damaged) => {
    localStorage.setItem(KEY, damaged)
    await cutOff()
    const { controller, log } = openPage({ readFlow: async () => ({ accountId: 'apn_7' }) })
    await controller.resume()
    expect(log).toEqual(['connected apn_7 flow-1: confirmed flow-1'])
    expect(localStorage.length).toBe(0)
  })

  test('is resumed although another one is damaged', async () => {
    await cutOff()
    const flows = JSON.parse(localStorage.getItem(KEY) ?? '')
    localStorage.setItem(KEY, JSON.stringify({ before: null, ...flows, after: { user: '' } }))
    const { controller, log } = openPage({ readFlow: async () => ({ accountId: 'apn_7' }) })
    await controller.resume()
    expect(log).toEqual(['connected apn_7 flow-1: confirmed flow-1'])
    expect(localStorage.length).toBe(0)
  })

  test('is not remembered where storage is forbidden', async () => {
    const storage = {
      getItem: () => {
        throw new Error('SecurityError')
      },
      setItem() {},
      removeItem() {},
    }
    const { controller } = openPage({ readFlow: async () => ({}), storage })
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(1)
    controller.cancel()
    await controller.resume()
    expect(controller.getState()).toMatchObject({ status: 'idle' })
  })

  test('is not remembered, but runs, if its token came with what JSON does not have', async () => {
    const { created } = openPage()
    const createConnectToken = async () => Object.assign(created(), { size: 1n })
    const { controller } = openPage({ readFlow: async () => ({}), createConnectToken })
    controller.start(SLACK)
    await settle()
    expect(frames()).toBe(1)
    expect(localStorage.length).toBe(0)
    controller.cancel()
  })
})

type Page = ReturnType<typeof openPage>

/** A page whose server responds when a test says so, and counts of how many flows are to end with a callback. */
function openWaitingPage() {
  const prepared = pending<{ expiresAt: number }>()
  const server = { prepared, token: pending<Created>(), confirm: pending<string>() }
  const page: Page = openPage({
    prepareConnectToken: prepared.call,
    createConnectToken: server.token.call,
    confirm: server.confirm.call,
    readFlow: async ({ created }) => ({
      accountId: created.flowId.endsWith('3') ? 'apn_3' : null,
    }),
  })
  return { ...page, server, count: { started: 0, resumed: 0, cancelled: 0 } }
}
type WaitingPage = ReturnType<typeof openWaitingPage>

const isRunning = ({ controller }: Page) =>
  ['preparing', 'open', 'confirming'].includes(controller.getState().status)

const ACTIONS: Record<string, (page: WaitingPage, app: string) => unknown> = {
  prefetch: ({ controller }, app) => controller.prefetch({ app }),
  start(page, app) {
    if (!isRunning(page)) page.count.started += 1
    page.controller.start({ app })
  },
  resume({ controller, count }, app) {
    const { status, target } = controller.getState()
    // It ends the open flow of its target; else it is one more.
    if (status !== 'open' || target?.app !== app) count.resumed += 1
    const created = { flowId: 'flow-0', expiresAt: 0 }
    void controller.resume({ target: { app }, created, accountId: 'apn_0' })
  },
  look: ({ controller }) => controller.resume(),
  cancel({ controller, count, log, server }) {
    // Every flow that has not ended, unless its account is being confirmed.
    const { started, resumed, cancelled } = count
    count.cancelled += started + resumed - cancelled - log.length - server.confirm.calls.length
    controller.cancel()
  },
  prepared: ({ server }) => server.prepared.calls.shift()?.resolve({ expiresAt: Infinity }),
  token: ({ server, created }) => server.token.calls.shift()?.resolve(created()),
  noToken: ({ server }) => server.token.calls.shift()?.reject(new Error('HTTP 500')),
  confirm: ({ server }) => server.confirm.calls.shift()?.resolve('yes'),
  refuse: ({ server }) => server.confirm.calls.shift()?.reject(new Error('HTTP 500')),
  success: () => say(success(), closing),
  error: () => say({ type: 'error', error: 'No.' }, closing),
  close: () => document.querySelector('dialog')?.close(),
  remove: () => document.body.replaceChildren(),
}

/** Lets every flow that is left come to its end. */
async function endAll(page: WaitingPage): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    for (const { reject } of page.server.prepared.calls.splice(0)) reject(new Error('HTTP 500'))
    for (const { resolve } of page.server.confirm.calls.splice(0)) resolve('yes')
    await settle()
    ACTIONS['cancel']?.(page, '')
    await settle()
  }
}

test('in any order of events, each flow ends once and leaves nothing behind', async () => {
  const steps = array(tuple(constantFrom(...Object.keys(ACTIONS)), constantFrom('slack', 'github')))
  const property = asyncProperty(steps, async (steps) => {
    const page = openWaitingPage()
    const { controller, log, count } = page
    for (const [name, app] of steps) {
      await ACTIONS[name]?.(page, app)
      await settle()
      const { status, error } = controller.getState()
      expect(frames()).toBe(status === 'open' ? 1 : 0)
      expect(dialogs()).toBeLessThanOrEqual(status === 'open' || status === 'preparing' ? 1 : 0)
      expect(error !== undefined).toBe(status === 'error')
    }
    await endAll(page)
    expect(controller.getState()).toEqual({ status: 'idle' })
    expect(log).toHaveLength(count.started + count.resumed - count.cancelled)
    expect(document.querySelectorAll('dialog')).toHaveLength(0)
    expect(document.adoptedStyleSheets).toHaveLength(0)
    expect(localStorage.length).toBe(0)
  })
  await assert(property, { numRuns: 200 })
})

/** A page where two users take turns. All that is created for one of them has the name in it. */
function openSharedPage() {
  const later = pending<() => unknown>()
  const strays: string[] = []
  let flows = 0
  const check = (what: string, owner: string) => {
    if (!owner.includes(options.user ?? '')) strays.push(`${what} ${owner} as ${options.user}`)
  }
  const checkFlow = (what: string) => (flow: RememberedFlow<Created>) =>
    check(what, flow.created.flowId)
  const options: Options = {
    user: 'ada',
    pollMs: 0,
    async prepareConnectToken() {
      await later.call()
      return { expiresAt: Date.now() + 5 * MINUTE }
    },
    async createConnectToken() {
      const flowId = `${options.user}-${++flows}`
      const connectToken = `ctok_${flowId}`
      const connectLinkUrl = `https://connect.example.net/link?token=${connectToken}`
      await later.call()
      return { connectToken, connectLinkUrl, flowId, expiresAt: Date.now() + 10 * MINUTE }
    },
    onOpen: checkFlow('opened'),
    async confirm(flow) {
      check('confirmed', flow.created.flowId)
      await later.call()
    },
    async readFlow(flow) {
      check('read', flow.created.flowId)
      await later.call()
      return { accountId: flow.created.flowId }
    },
    onConnected: checkFlow('connected'),
    onError: (_, { created }) => created && check('failed', created.flowId),
    onCancel: checkFlow('cancelled'),
  }
  vi.stubGlobal('open', () => ({ location: { replace: (url: string) => check('link', url) } }))
  const locks = { request: async () => {}, query: async () => (await later.call(), { held: [] }) }
  vi.stubGlobal('navigator', { locks })
  for (const user of ['ada', 'grace']) {
    const created = { flowId: `${user}-0`, expiresAt: Date.now() + 10 * MINUTE }
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const flow = { user, target: SLACK, created }
    localStorage.setItem(KEY, JSON.stringify({ ...stored, [user]: flow }))
  }
  const controller = createConnectController<Created>(options)
  const records: MutationRecord[] = []
  const observer = new MutationObserver((more) => void records.push(...more))
  observer.observe(document, { childList: true, subtree: true })
  return { controller, options, later, strays, check, records, observer }
}
type SharedPage = ReturnType<typeof openSharedPage>

const CALLS: Record<string, (page: SharedPage) => unknown> = {
  prefetch: ({ controller }) => controller.prefetch(SLACK),
  start: ({ controller }) => controller.start(SLACK),
  startOther: ({ controller }) => controller.start(GITHUB),
  resume: ({ controller }) => void controller.resume(),
  resumeFlow({ controller, options }) {
    const created = { flowId: `${options.user}-x`, expiresAt: 0 }
    void controller.resume({ target: GITHUB, created, accountId: 'apn_x' })
  },
  openLink: ({ controller }) => controller.openLink(),
  cancel: ({ controller }) => controller.cancel(),
}

const EVENTS: Record<string, (page: SharedPage) => unknown> = {
  switch: ({ options }) => (options.user = options.user === 'ada' ? 'grace' : 'ada'),
  settle,
  tick: () => Promise.resolve(),
  succeed: ({ later }) => later.calls.shift()?.resolve(() => {}),
  fail: ({ later }) => later.calls.shift()?.reject(new Error('HTTP 500')),
  success: () => say(success(), closing),
  close: () => document.querySelector('dialog')?.close(),
  block: () => vi.stubGlobal('crossOriginIsolated', true),
  allow: () => vi.stubGlobal('crossOriginIsolated', false),
}

const OPEN = ['start', 'succeed', 'settle']
const EXAMPLES = [
  ['start', 'switch', 'succeed', 'settle'],
  ['block', ...OPEN, 'switch', 'openLink'],
  [...OPEN, 'success', 'settle', 'fail', 'settle', 'switch', 'start'],
  [...OPEN, 'switch', 'success', 'settle'],
  ...Object.keys(CALLS).map((call) => OPEN.concat('switch', call)),
  [...OPEN, 'success', 'settle', 'switch', 'succeed', 'settle'],
  ['prefetch', 'start', 'switch', 'succeed', 'settle'],
  ['resume', 'succeed', 'settle', 'fail', 'settle', 'switch', 'resume', 'succeed', 'settle'],
  ['resume', 'succeed', 'settle', 'switch', 'succeed', 'settle'],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((count) =>
    ['resume', 'succeed'].concat(Array<string>(count).fill('tick'), 'switch', 'settle'),
  ),
  ['start', 'resumeFlow', 'switch', 'succeed', 'settle'],
]

/** The pages that were shown since the last call, even if they are closed by now. */
function readFrames({ records, observer }: SharedPage): HTMLIFrameElement[] {
  return [...records.splice(0), ...observer.takeRecords()]
    .flatMap(({ addedNodes }) => Array.from(addedNodes))
    .flatMap((node) => (node instanceof Element ? Array.from(node.querySelectorAll('iframe')) : []))
}

test('in any order of events, nothing of one user is opened, confirmed or reported for another', async () => {
  const steps = array(constantFrom(...Object.keys(CALLS), ...Object.keys(EVENTS)), {
    maxLength: 30,
  })
  const property = asyncProperty(steps, async (steps) => {
    const page = openSharedPage()
    for (const name of steps) {
      const waits = (CALLS[name] ?? EVENTS[name])?.(page)
      if (waits instanceof Promise) await waits
      // A page that is open when the user changes is closed by the next call.
      const open = name in CALLS ? document.querySelectorAll('iframe') : []
      for (const { src } of [...readFrames(page), ...open]) page.check('frame', src)
      expect(page.strays).toEqual([])
    }
    page.observer.disconnect()
    page.controller.cancel()
    await settle()
    vi.stubGlobal('crossOriginIsolated', false)
    localStorage.clear()
  })
  await assert(property, { numRuns: 300, examples: EXAMPLES.map((steps) => [steps]) })
})
