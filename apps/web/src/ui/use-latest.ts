import { useLayoutEffect, useRef } from 'react'

/** `value` as it was rendered last, for what is called later than that. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
