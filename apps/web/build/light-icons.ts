import type { Plugin } from 'vite'

// lucide-react's own sets names, aliases, contexts and labels, which no icon of the page has.
const CREATE_ICON = `
import { createElement } from 'react'
const ATTRIBUTES = {
  'aria-hidden': true, viewBox: '0 0 24 24', fill: 'none',
  stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round',
}
export default ({ node }) => ({ size, ...props }) =>
  createElement('svg', { ...ATTRIBUTES, width: size, height: size, ...props },
    node.map(([tag, attributes]) => createElement(tag, attributes)))`

/** Makes components of lucide-react's icons with less code, because all of them are part of the first load. */
export function lightIcons(): Plugin {
  return {
    name: 'light-icons',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('/createLucideIcon.mjs') ? '\0create-icon' : undefined),
    load: (id) => (id === '\0create-icon' ? CREATE_ICON : undefined),
  }
}
