import { Search } from 'lucide-react'

interface SearchInputProps {
  label: string
  value: string
  onChange: (value: string) => void
}

/** A search field. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  return (
    <span className="relative grow sm:w-64">
      <Search
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-1/2 start-3 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-10 w-full rounded-lg border border-line-strong bg-surface ps-9 pe-3 text-sm placeholder:text-muted"
      />
    </span>
  )
}
