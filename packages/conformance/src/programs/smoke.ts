// It is given where Pipedream is, and prints what came out of using it as one line of JSON.
import { useClient } from './use-client.ts'

console.log(JSON.stringify(await useClient(process.argv.at(-1) ?? '')))
