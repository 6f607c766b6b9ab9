import type { ReactElement } from 'react'

/**
 * What a component shows among other nodes: elements, and no bare text. A browser's translation replaces text nodes, and
 * React must not be holding one of them when it takes its neighbours away; `test/bare-text.test.ts` checks it.
 */
export type Elements = ReactElement | false | null | undefined | readonly Elements[]
