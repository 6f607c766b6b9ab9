import { readUserId } from '../session.ts'
import { signGatewayToken } from '../signing-key.ts'

export async function GET(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  const userId = await readUserId()
  if (!userId) return new Response('Sign in first.', { status: 401, headers })
  return Response.json({ gatewayToken: await signGatewayToken(userId) }, { headers })
}
