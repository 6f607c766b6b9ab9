import { type ChildProcess, fork } from 'node:child_process'

const children = new Set<ChildProcess>()

/** Starts a file of this folder in a process of its own; resolves with the process and its first message. */
export async function start(
  file: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(new URL(`../${file}`, import.meta.url), args, {
    env: { ...process.env, ...env },
    // The gateway's log is written, as in production, but not shown.
    stdio: ['ignore', 'inherit', process.env['BENCH_LOG'] === 'on' ? 'inherit' : 'ignore', 'ipc'],
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

export function stopAll(): void {
  for (const child of children) child.kill()
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
