import { useState } from 'react'
import { classNames } from './class-names.ts'

interface LogoTileProps {
  src: string
  name: string
  small?: boolean
}

/** An app's logo on a white tile of fixed size, or the first letter of its name if the image doesn't load. */
export function LogoTile({ src, name, small = false }: LogoTileProps) {
  const [broken, setBroken] = useState(false)
  return (
    <span
      className={classNames(
        'flex shrink-0 items-center justify-center overflow-hidden rounded-lg border border-tile-line bg-tile forced-color-adjust-none',
        small ? 'size-9' : 'size-10',
      )}
    >
      {broken || src === '' ? (
        <span aria-hidden className="text-base font-semibold text-tile-ink">
          {name.slice(0, 1).toUpperCase()}
        </span>
      ) : (
        // The name is next to it, so screen readers would read it twice.
        <img
          src={src}
          alt=""
          width={32}
          height={32}
          loading="lazy"
          decoding="async"
          className={small ? 'size-6 object-contain' : 'size-8 object-contain'}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  )
}
