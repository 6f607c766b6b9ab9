import { ChevronDown } from 'lucide-react'

interface SelectProps {
  label: string
  /** The value of one of the options. */
  value: string
  onChange: (value: string) => void
  options: readonly { value: string; name: string }[]
}

/** A choice of one option. */
export function Select({ label, value, onChange, options }: SelectProps) {
  return (
    <span className="relative max-w-full">
      <select
        aria-label={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-10 w-48 max-w-full cursor-pointer appearance-none rounded-lg border border-line-strong bg-surface ps-3 pe-9 text-sm"
      >
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute inset-y-0 end-3 my-auto text-muted"
      />
    </span>
  )
}
