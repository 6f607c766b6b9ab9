// The `browser` condition of package.json resolves to this file instead of `server.ts`. It exports nothing, so most bundlers
// fail.
const { process } = globalThis as { process?: { versions?: { node?: string } } }

// On Node, only a test environment such as jsdom or a configured bundler sets this condition.
throw new Error(
  process?.versions?.node === undefined
    ? 'pipedream-client/server was bundled for a browser, which must never receive the client secret. Import pipedream-client/browser in a page. For a server or a worker, add the export condition of its platform, such as "workerd" or "edge-light", to your bundler.'
    : 'pipedream-client/server was loaded with the export condition "browser", which jest-environment-jsdom sets. Test server code with `@jest-environment node`, or set `testEnvironmentOptions: { customExportConditions: ["node"] }`. In Vitest, remove "browser" from `resolve.conditions`.',
)
