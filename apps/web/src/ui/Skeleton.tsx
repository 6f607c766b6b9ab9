import { classNames } from './class-names.ts'

/** A grey bar that holds the place of what is being loaded. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={classNames('edged block animate-pulse rounded-md bg-line', className)}
    />
  )
}
