// Serves a built Next.js app, requests two paths, and prints the responses as one line of JSON. Its argument is the folder of the
// app; the app reads the address of Pipedream from the environment.
import { createServer } from 'node:http'
import next from 'next'

const app = next({ dir: process.argv[2] ?? '', dev: false })
await app.prepare()
const handle = app.getRequestHandler()
const server = createServer((request, response) => void handle(request, response))
await new Promise((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const { port } = server.address()
const responses = ['edge', 'node'].map(async (path) => {
  const response = await fetch(`http://127.0.0.1:${port}/${path}`)
  return [path, await response.json()]
})
console.log(JSON.stringify(Object.fromEntries(await Promise.all(responses))))
server.close()
await app.close()
process.exit(0)
