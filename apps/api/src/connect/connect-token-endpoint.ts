import { z } from 'zod'
import { createBareConnectToken } from './create-bare-connect-token.ts'
import { NotAllowed, NotSignedIn } from '../errors.ts'
import { readNamedUser } from '../auth/external-user-id.ts'
import { readText } from '../text-input.ts'
import type { Viewer } from '../auth/viewer.ts'
import { parseBody } from './parse-body.ts'
import type { TwinContext } from './rest-endpoints.ts'

const USER = 'external_user_id'

const connectTokenBody = z.object({
  external_user_id: z.string({ error: `Give “${USER}” as a text.` }).nullish(),
  // Ignored, it would look as if it had been heeded.
  externalUserId: z.undefined({ error: `Write “${USER}”, not “externalUserId”.` }).optional(),
  app: z.string({ error: 'Give “app” as a text, the slug of an app.' }).nullish(),
})

/** `POST /api/connect-token`: a connect token for who is signed in, or for the user that a service names. */
export async function handOutConnectToken(body: unknown, context: TwinContext): Promise<Response> {
  const { viewer } = context
  if (!viewer) throw new NotSignedIn()
  const { external_user_id: named, app } = parseBody(connectTokenBody, body)
  const input = {
    externalUserId: whoseToken(named, viewer),
    app: readText('app', app),
  }
  const token = await createBareConnectToken(input, { ...context, viewer })
  return Response.json(
    {
      token: token.connectToken,
      expires_at: token.expiresAt.toISOString(),
      connect_link_url: token.connectLinkUrl,
    },
    { headers: { 'cache-control': 'no-store' } },
  )
}

function whoseToken(named: string | null | undefined, viewer: Viewer): string {
  if (viewer.kind === 'service') return readNamedUser(USER, named)
  if (readText(USER, named) === undefined) return viewer.externalUserId
  throw new NotAllowed(`You can connect your own accounts only: leave “${USER}” out.`)
}
