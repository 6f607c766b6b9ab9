import type { GraphQLSchema } from 'graphql'
import './account.ts'
import './app.ts'
import './connect-token.ts'
import './disconnection.ts'
import './errors.ts'
import './event.ts'
import './flow.ts'
import './oauth-token.ts'
import './operator.ts'
import './viewer.ts'
import { builder } from './builder.ts'

/** The GraphQL schema, printed in `schema.graphql`. */
export const schema: GraphQLSchema = builder.toSchema()
