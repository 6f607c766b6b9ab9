// What a browser bundler finds in place of `server.ts`, by the `browser` condition of package.json.
throw new Error(
  'pipedream-client/server was loaded in a browser. It needs the client secret, which must never leave your server: use pipedream-client/browser here, and make connect tokens on your server.',
)
