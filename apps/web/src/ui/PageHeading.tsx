import { useEffect, useRef } from 'react'
import { PRODUCT_NAME } from './ProductMark.tsx'
import { hasGoneElsewhere } from './router.tsx'

/**
 * The heading of a page, and the title of the window. Of a page that took the place of another one it takes the focus,
 * so that the keyboard and a screen reader go on from its top; `takeFocus` says so when the address is the same.
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
