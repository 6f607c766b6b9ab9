/** A name that stands for itself: an id, a slug, a short code. */
export function Code({ children }: { children: string }) {
  return (
    <code className="edged rounded bg-surface-hover px-1 py-0.5 text-xs break-all text-text">
      {children}
    </code>
  )
}
