import { useInsertionEffect, useRef } from 'react'

/** What was rendered last, for callbacks that run later. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  // The earliest of effects: every other one, a child's too, finds it done. And not during render, which may be thrown away.
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}
