import { useLayoutEffect, useRef } from 'react'

/** A ref to `value` as last rendered, for callbacks that run later. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
