import { builder } from './builder.ts'

export const ViewerKindRef = builder.enumType('ViewerKind', {
  values: {
    USER: { value: 'user', description: 'An end user of the product.' },
    SERVICE: { value: 'service', description: 'A server of the product.' },
    OPERATOR: { value: 'operator', description: 'Somebody who runs the product.' },
  } as const,
})
