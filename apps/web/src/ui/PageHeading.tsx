import { useEffect, useRef } from 'react'
import { PRODUCT_NAME } from './ProductMark.tsx'
import { hasGoneElsewhere } from './router.tsx'

/**
 * The heading of a page, and the title of the window. After a navigation it takes the focus, so that the keyboard and screen
 * readers continue from the top of the new page. `takeFocus` does the same when the path has not changed.
 */
export function PageHeading({
  children,
  takeFocus = false,
}: {
  children: string
  takeFocus?: boolean
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takeFocus || hasGoneElsewhere()) heading.current?.focus()
  }, [takeFocus])
  useEffect(() => {
    document.title = `${children} · ${PRODUCT_NAME}`
  }, [children])
  return (
    <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight">
      {children}
    </h1>
  )
}
