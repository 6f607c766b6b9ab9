// Runs wrangler's output in workerd, and prints the worker's response. Its arguments are wrangler's settings, the built folder and
// the address of Pipedream.
import { createTestHarness } from 'wrangler'

const [, , configPath = '', prebuiltWorkerDir = '', BASE_URL = ''] = process.argv
const server = createTestHarness({
  workers: [{ configPath, prebuiltWorkerDir, vars: { BASE_URL } }],
})
await server.listen()
const response = await server.fetch('/')
console.log(await response.text())
await server.close()
