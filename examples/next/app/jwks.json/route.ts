import { listPublicKeys } from '../signing-key.ts'

export async function GET(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  return Response.json({ keys: await listPublicKeys() }, { headers })
}
