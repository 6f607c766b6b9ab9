import { classNames } from './class-names.ts'

/** A grey bar: the placeholder of content that is loading. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={classNames('edged block animate-pulse rounded-md bg-line', className)}
    />
  )
}
