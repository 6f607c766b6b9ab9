import { useEffect, useRef } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { appsMessages } from './apps-messages.ts'

interface MoreAppsProps {
  onMore: (how: 'pressed' | 'scrolled') => void
}

/** The button at the end of the list. It loads the next page also when the user scrolls towards it. */
export function MoreApps({ onMore }: MoreAppsProps) {
  const messages = useMessages(appsMessages)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        // A busy page gets several entries in one call, for example first "out of view" and then "in view".
        const isInView = entries.at(-1)?.isIntersecting ?? false
        // Loading now would remove a focused button just as it is pressed.
        const isFocused = item.current?.contains(document.activeElement) ?? false
        if (isInView && !isFocused) onMore('scrolled')
      },
      { rootMargin: '0px 0px 600px' },
    )
    const watch = () => item.current && observer.observe(item.current)
    // Before the user scrolls, one page is enough.
    if (window.scrollY > 0) watch()
    else window.addEventListener('scroll', watch, { once: true })
    return () => {
      window.removeEventListener('scroll', watch)
      observer.disconnect()
    }
  }, [onMore])
  return (
    <li ref={item} className="col-span-full flex justify-center pt-2">
      <Button onClick={() => onMore('pressed')}>{messages.more}</Button>
    </li>
  )
}
