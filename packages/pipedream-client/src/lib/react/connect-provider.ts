import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CreatedConnectToken } from '../browser/connect-tokens.ts'
import type { ConnectSettings } from '../browser/controller-options.ts'
import { createPreparedTargets, type PreparedTargets } from '../browser/prepared-targets.ts'

/** Props of `ConnectProvider`. They may change between renders; the latest are used. */
export interface ConnectProviderProps<
  Created extends CreatedConnectToken = CreatedConnectToken,
> extends ConnectSettings<Created> {
  /** The part of the page in which accounts are connected. */
  children?: ReactNode
}

interface ConnectContextValue {
  /** The provider's latest props. */
  settings: { readonly current: ConnectSettings }
  prepared: PreparedTargets
  user: string | undefined
}

export const ConnectContext = createContext<ConnectContextValue | undefined>(undefined)

/**
 * Configures `useConnectAccount` and `ConnectButton` below it. Set `user`, or `key`, to the signed-in user's id, so that
 * flows of one user are never used for another.
 */
export function ConnectProvider<Created extends CreatedConnectToken>(
  props: ConnectProviderProps<Created>,
): ReactElement {
  const settings = useLatest<ConnectSettings>(props)
  const [prepared] = useState(() => createPreparedTargets(settings))
  const { user } = props
  const value = useMemo(() => ({ settings, prepared, user }), [settings, prepared, user])
  return createElement(ConnectContext.Provider, { value }, props.children)
}

/** The value of the latest render, for callbacks that run later. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  // Runs before all other effects, including those of children. Not during render, which React may discard.
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}
