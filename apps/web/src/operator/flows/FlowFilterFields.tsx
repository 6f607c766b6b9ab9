import { SearchInput } from '../../ui/SearchInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { operatorMessages } from '../operator-messages.ts'
import type { FlowFilter } from './flows-query.ts'
import { isStatus, STATUSES } from './statuses.ts'

const { flows: messages } = operatorMessages

interface FlowFilterFieldsProps {
  filter: FlowFilter
  onChange: (filter: FlowFilter) => void
}

/** The filter of the list of flows. */
export function FlowFilterFields({ filter, onChange }: FlowFilterFieldsProps) {
  return (
    <search className="flex w-full flex-wrap gap-3 sm:w-auto">
      <Select
        label={messages.status}
        value={filter.status ?? ''}
        onChange={(value) => onChange({ ...filter, status: isStatus(value) ? value : null })}
        options={[
          { value: '', name: messages.allStatuses },
          ...STATUSES.map((status) => ({ value: status, name: messages.statuses[status] })),
        ]}
      />
      <SearchInput
        label={messages.search}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
    </search>
  )
}
