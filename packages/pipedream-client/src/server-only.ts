// What the `browser` condition of package.json resolves to, instead of `server.ts`. It exports nothing, so that most bundlers stop.
const { process } = globalThis as { process?: { versions?: { node?: string } } }

// On Node only a test environment such as jsdom sets that condition, or a bundler that was told to.
throw new Error(
  process?.versions?.node === undefined
    ? 'pipedream-client/server was bundled for a browser, which must never get the client secret. In a page import pipedream-client/browser; for a server or a worker, add the export condition of its platform, such as "workerd" or "edge-light", to your bundler.'
    : 'pipedream-client/server was loaded with the export condition "browser", which jest-environment-jsdom sets. Test server code with `@jest-environment node`, or set `testEnvironmentOptions: { customExportConditions: ["node"] }`; in Vitest, take "browser" out of `resolve.conditions`.',
)
