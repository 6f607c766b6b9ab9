// Plain graphql-yoga with the official SDK.
import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { type PeerContext, readViewer, resolvers, typeDefs } from './peer.ts'
import { serve } from './serve.ts'

const yoga = createYoga<object, PeerContext>({
  schema: createSchema<PeerContext>({ typeDefs, resolvers }),
  logging: false,
  graphiql: false,
  context: async ({ request }) => ({
    viewer: await readViewer(request.headers.get('authorization') ?? undefined),
  }),
})
serve(createServer((request, response) => void yoga(request, response)))
