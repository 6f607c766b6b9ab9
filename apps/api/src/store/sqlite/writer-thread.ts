// The program of the thread that writes: it runs what it is sent, and answers in the same order.
import { parentPort, workerData } from 'node:worker_threads'
import { openConnection, sqliteCodeOf, type Statement } from './connection.ts'
import type { Answer, WriterData } from './writer.ts'

const { path, settings }: WriterData = workerData
const connection = openConnection(path)
for (const sql of settings) connection.execute({ sql, parameters: [] })

parentPort?.postMessage('ready')

parentPort?.on('message', (message: readonly Statement[] | 'close') => {
  if (message === 'close') {
    connection.close()
    parentPort?.close()
  } else {
    parentPort?.postMessage(answer(message))
  }
})

function answer(statements: readonly Statement[]): Answer {
  const outcome = connection.run(statements)
  if ('result' in outcome) return outcome
  // An error that is passed to another thread loses its code.
  const { at, error } = outcome
  const message = error instanceof Error ? error.message : String(error)
  return { at, message, errcode: sqliteCodeOf(error) }
}
