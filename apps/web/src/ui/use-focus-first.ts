import { type RefObject, useEffect, useRef } from 'react'

/**
 * A ref for the first item of a page that "Show more" loaded. With `takeFocus`, its first button takes the focus, because
 * the "Show more" button is gone.
 */
export function useFocusFirst<Item extends HTMLElement>(
  takeFocus: boolean,
): RefObject<Item | null> {
  const item = useRef<Item>(null)
  useEffect(() => {
    if (takeFocus) item.current?.querySelector('button')?.focus()
  }, [takeFocus])
  return item
}
