import type { PersonContext } from '../context.ts'
import { admit, type ConnectTokenTarget, mintFlowToken } from './connect-tokens.ts'

/** A connect token that the gateway keeps for the viewer's next click. */
export interface PreparedConnectToken {
  /** Until when it is kept. */
  expiresAt: Date
}

/**
 * Mints a connect token for the viewer and this browser, and keeps it in this process. Records nothing, also when it
 * fails, because the user has not done anything yet.
 */
export async function prepareConnectToken(
  input: ConnectTokenTarget,
  context: PersonContext,
): Promise<PreparedConnectToken> {
  const { externalUserId } = context.viewer
  const { browser, preparedTokens } = context
  const mint = async () => {
    const app = await admit(input, externalUserId, context)
    return mintFlowToken({ externalUserId, app }, context)
  }
  const browserHash = browser.bind(externalUserId)
  const { app, accountId } = input
  const expiresAt = await preparedTokens.prepare(
    { externalUserId, browserHash, app, accountId },
    mint,
  )
  return { expiresAt }
}
