/** Injects a fault into the emulator of a stack, until `allIsWell`. */
export async function addFault(emulatorUrl: string, fault: object): Promise<void> {
  await control(emulatorUrl, { method: 'POST', path: 'faults', body: fault })
}

/** Removes all faults. */
export async function allIsWell(emulatorUrl: string): Promise<void> {
  await control(emulatorUrl, { method: 'DELETE', path: 'faults' })
}

/** Advances the emulator's clock. */
export async function advanceClock(emulatorUrl: string, advanceMs: number): Promise<void> {
  await control(emulatorUrl, { method: 'POST', path: 'clock', body: { advanceMs } })
}

/** The last requests that the emulator has received. */
export async function listRequests(
  emulatorUrl: string,
): Promise<{ method: string; path: string }[]> {
  const response = await fetch(`${emulatorUrl}/__emulator/requests`)
  const { data } = await response.json()
  return data
}

interface Command {
  method: 'POST' | 'DELETE'
  path: string
  body?: object
}

async function control(emulatorUrl: string, { method, path, body }: Command): Promise<void> {
  const response = await fetch(`${emulatorUrl}/__emulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`The emulator did not obey: ${await response.text()}`)
}
