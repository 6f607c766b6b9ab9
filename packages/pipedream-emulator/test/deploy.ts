import type { Harness } from './harness.ts'

const PROJECT = '/v1/connect/proj_emulator'

/** Deploys a native HTTP trigger for ada, or what the body says, and returns the response. */
export async function deploy(
  { asServer }: Harness,
  body: Record<string, unknown> = {},
  environment = 'development',
): ReturnType<Harness['call']> {
  return asServer(`${PROJECT}/triggers/deploy`, {
    method: 'POST',
    environment,
    json: { id: 'http-new-requests', external_user_id: 'ada', ...body },
  })
}

/** Returns the path of a deployed trigger, for its user. */
export function triggerPath(id: string, rest = '', user = 'ada'): string {
  return `${PROJECT}/deployed-triggers/${id}${rest}?external_user_id=${user}`
}
