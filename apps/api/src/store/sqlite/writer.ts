import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcome, Statement, StatementResult } from './connection.ts'
import type { Executor } from './session.ts'

/** What the thread gets when it starts. */
export interface WriterData {
  path: string
  /** Statements that set the connection up. */
  settings: readonly string[]
}

/** What the last statement returned, or which one failed, and why. */
export type Answer =
  | { result: StatementResult }
  | { at: number; message: string; errcode: number | undefined }

// A transaction allocates little.
const MEMORY = { maxYoungGenerationSizeMb: 4 }

/**
 * Opens a connection to a database file in a thread of its own, so that writes and their waits for the disk do not stop the event
 * loop. Throws if the file cannot be opened; a later error of the thread itself ends the process.
 */
export async function openWriter(data: WriterData): Promise<Executor> {
  const thread = new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: data,
    resourceLimits: MEMORY,
  })
  // The thread says when it is ready.
  await once(thread, 'message')
  const waiting: ((outcome: Outcome) => void)[] = []
  thread.on('message', (answer: Answer) => waiting.shift()?.(toOutcome(answer)))
  return {
    run: (statements: readonly Statement[]) =>
      new Promise((resolve) => {
        try {
          thread.postMessage(statements)
          waiting.push(resolve)
        } catch (error) {
          // A parameter that cannot be copied.
          resolve({ at: 0, error })
        }
      }),
    async close() {
      const ended = once(thread, 'exit')
      thread.postMessage('close')
      await ended
    },
  }
}

function toOutcome(answer: Answer): Outcome {
  if ('result' in answer) return answer
  const { at, message, errcode } = answer
  return { at, error: Object.assign(new Error(message), errcode !== undefined && { errcode }) }
}
