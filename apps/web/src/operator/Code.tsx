/** An ID, a slug or a support code. */
export function Code({ children }: { children: string }) {
  return (
    <code className="edged rounded bg-surface-hover px-1 py-0.5 text-xs break-all text-text">
      {children}
    </code>
  )
}
