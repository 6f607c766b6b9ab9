// Its argument is the address of Pipedream; it prints the results as one line of JSON.
import { useClient } from './use-client.ts'

console.log(JSON.stringify(await useClient(process.argv.at(-1) ?? '')))
