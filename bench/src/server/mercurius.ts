// mercurius with its compiler on Fastify, with the official SDK.
import Fastify from 'fastify'
import mercurius, { type IResolvers } from 'mercurius'
import { readViewer, resolvers, typeDefs } from './peer.ts'
import { reportTo } from './report.js'

const app = Fastify()
await app.register(mercurius, {
  schema: typeDefs,
  resolvers: resolvers as unknown as IResolvers,
  jit: 1,
  context: async (request) => ({ viewer: await readViewer(request.headers.authorization) }),
})
reportTo({ url: await app.listen({ port: 0, host: '127.0.0.1' }) })
