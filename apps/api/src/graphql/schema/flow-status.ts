import { builder } from './builder.ts'

export const FlowStatusRef = builder.enumType('FlowStatus', {
  values: {
    OPEN: { value: 'open' },
    SUCCEEDED: { value: 'succeeded' },
    FAILED: { value: 'failed' },
    CANCELLED: { value: 'cancelled' },
    EXPIRED: { value: 'expired' },
  } as const,
})
