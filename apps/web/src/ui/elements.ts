import type { ReactElement } from 'react'

/**
 * Children without bare text. A browser's translation replaces text nodes, and React fails when it then removes a sibling
 * of one. `test/bare-text.test.ts` checks all components.
 */
export type Elements = ReactElement | false | null | undefined | readonly Elements[]
