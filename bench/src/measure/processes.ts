import { type ChildProcess, fork } from 'node:child_process'

const children = new Set<ChildProcess>()

export interface Program {
  env?: Record<string, string>
  /** Whether it gets only those environment variables that Node itself reads, and `env`. */
  isAlone?: boolean
  args?: readonly string[]
  /** Options of Node. */
  execArgv?: string[]
}

/** Starts a file of `src`, or at a `file:` URL, in a process of its own; resolves with the process and its first message. */
export async function start(
  file: string,
  { env = {}, isAlone = false, args = [], execArgv = [] }: Program = {},
): Promise<{ child: ChildProcess; said: unknown }> {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  // The gateway's log is written, as in production, but not shown.
  const output = process.env['BENCH_LOG'] === 'on' ? 'inherit' : 'ignore'
  const child = fork(new URL(file, new URL('../', import.meta.url)), args, {
    env: {
      ...(isAlone ? { PATH, NODE_COMPILE_CACHE } : process.env),
      NODE_ENV: 'production',
      ...env,
    },
    execArgv: [...process.execArgv, ...execArgv],
    stdio: ['ignore', output, output, 'ipc'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return { child, said: await next(child) }
}

/** Sends a message to a process and resolves with its answer. */
export function ask(child: ChildProcess, message: object | string): Promise<unknown> {
  const answer = next(child)
  child.send(message)
  return answer
}

/** Ends a process, which exits when its parent disconnects, and waits for that. */
export function stop(child: ChildProcess): Promise<void> {
  if (!children.has(child)) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.disconnect()
  })
}

export async function stopAll(): Promise<void> {
  await Promise.all(Array.from(children, stop))
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`${child.spawnargs.join(' ')} ended early (${code}).`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
