export { checkOrigin, type OriginProblem } from './lib/cli/check-origin.ts'
export { CLOCK_SKEW_LIMIT_MS, type ClockReading, measureClockSkew } from './lib/cli/clock-skew.ts'
export { CONNECT_TOKEN_SCOPE } from './lib/cli/connect-token-scope.ts'
export { type DiagnoseOptions, diagnosePipedream } from './lib/cli/diagnose-pipedream.ts'
export type { Check as PipedreamCheck, Finding as PipedreamFinding } from './lib/cli/finding.ts'
export { createNodeTransport, type NodeTransport } from './lib/node/create-node-transport.ts'
export { isLoopback, isLoopbackInBrowsers } from './lib/node/is-loopback.ts'
export {
  type EnvFile,
  type EnvFileProblem,
  parseEnvFile,
  readEnvFile,
} from './lib/node/parse-env-file.ts'
export type { NodeTransportOptions } from './lib/node/transport-options.ts'
export type {
  FetchBody,
  FetchHeaders,
  FetchInit,
  FetchLike,
  FetchResponse,
} from './lib/http/fetch-like.ts'
