// Runs what wrangler built in workerd, and prints what the worker answers. It is given wrangler's settings, the folder that was
// built, and where Pipedream is.
import { createTestHarness } from 'wrangler'

const [, , configPath = '', prebuiltWorkerDir = '', BASE_URL = ''] = process.argv
const server = createTestHarness({
  workers: [{ configPath, prebuiltWorkerDir, vars: { BASE_URL } }],
})
await server.listen()
const response = await server.fetch('/')
console.log(await response.text())
await server.close()
