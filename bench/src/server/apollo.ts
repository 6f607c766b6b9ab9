// Apollo Server on Express with the official SDK.
import { createServer } from 'node:http'
import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import express from 'express'
import { type PeerContext, readViewer, resolvers, typeDefs } from './peer.ts'
import { serve } from './serve.ts'

const apollo = new ApolloServer<PeerContext>({ typeDefs, resolvers, introspection: false })
await apollo.start()
const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(
  '/graphql',
  express.json(),
  expressMiddleware(apollo, {
    context: async ({ req }) => ({ viewer: await readViewer(req.headers.authorization) }),
  }),
)
serve(createServer(app))
