/** Imports the gateway as it runs in production: today from its sources, whose types Node removes. */
export async function loadGateway() {
  const { readConfig } = await import('../../../apps/api/src/config/read-config.ts')
  const { start } = await import('../../../apps/api/src/start.ts')
  const { LIVE_DEFAULTS } = await import('../../../apps/api/src/live/event-streams.ts')
  return { readConfig, start, LIVE_DEFAULTS }
}
