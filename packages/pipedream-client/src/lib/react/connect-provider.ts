import { createElement, type ReactElement, useState } from 'react'
import { ConnectContext, type ConnectProviderProps } from './connect-context.ts'
import { createTokenShelf } from './create-token-shelf.ts'
import { type CreatedConnectToken, readCreatedToken } from './created-token.ts'
import { useLatest } from './use-latest.ts'

/**
 * Tells `useConnectAccount` and `ConnectButton` how to get a connect token.
 * Give it a `key` that names the person: tokens that were fetched ahead for one then never serve another.
 */
export function ConnectProvider<Created extends CreatedConnectToken>(
  props: ConnectProviderProps<Created>,
): ReactElement {
  const settings = useLatest<ConnectProviderProps>(props)
  const [value] = useState(() => ({
    settings,
    shelf: createTokenShelf(async (target) =>
      readCreatedToken(await settings.current.createConnectToken(target)),
    ),
  }))
  return createElement(ConnectContext.Provider, { value }, props.children)
}
