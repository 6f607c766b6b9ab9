export { createNodeTransport, type NodeTransport } from './lib/node/create-node-transport.ts'
export type { NodeTransportOptions } from './lib/node/transport-options.ts'
export type {
  FetchBody,
  FetchHeaders,
  FetchInit,
  FetchLike,
  FetchResponse,
} from './lib/http/send-once.ts'
