import { type RefObject, useEffect, useRef } from 'react'
import { useConnectFlow } from '../connect/connect-flow-context.ts'

/**
 * For an account's row: brings it into view when the account has just been connected, for on a phone it stands far
 * above the button that connected it.
 */
export function useArrivalInView<Row extends HTMLElement>(
  accountId: string,
): RefObject<Row | null> {
  const row = useRef<Row>(null)
  const { arrival, onArrivalShown } = useConnectFlow()
  const arrived = arrival === accountId
  useEffect(() => {
    if (!arrived) return
    // What a script asks for is not slowed down by style sheets.
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    row.current?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' })
    onArrivalShown()
  }, [arrived, onArrivalShown])
  return row
}
