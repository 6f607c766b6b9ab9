import { type DocumentNode, execute, type ExecutionArgs } from 'graphql'
import type { Context } from '../context.ts'
import { maskError } from '../graphql/mask-error.ts'
import type { Event } from '../store/events.ts'
import { toEventText } from './open-event-stream.ts'

/** Makes of an event what a subscription asked for. */
type Render = (event: Event) => Promise<Uint8Array>

/** A subscription, ready to be executed for one event after another. */
export type Selection = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'operationName' | 'variableValues'
> & { contextValue: Omit<Context, 'live'> }

/** The renderers in use. Subscriptions of one viewer that ask for the same share one, and so the work. */
export interface Renderers {
  /** `release` says that the subscription has ended. */
  take(selection: Selection): { render: Render; release: () => void }
}

export function createRenderers(): Renderers {
  const inUse = new Map<string, { render: Render; users: number }>()
  const numberOf = numberDocuments()

  return {
    take(selection) {
      const { document, operationName, variableValues, contextValue } = selection
      // The viewer too: what one may see is never shown to another.
      const { viewer } = contextValue
      const key = JSON.stringify([numberOf(document), operationName, variableValues, viewer])
      const shared = inUse.get(key) ?? { render: createRender(selection), users: 0 }
      inUse.set(key, shared)
      shared.users += 1
      return {
        render: shared.render,
        release() {
          shared.users -= 1
          if (shared.users === 0) inUse.delete(key)
        },
      }
    },
  }
}

// Yoga keeps parsed documents, so the same text is the same object.
function numberDocuments(): (document: DocumentNode) => number {
  const numbers = new WeakMap<DocumentNode, number>()
  let last = 0
  return (document) => {
    const number = numbers.get(document) ?? ++last
    numbers.set(document, number)
    return number
  }
}

function createRender(selection: Selection): Render {
  let newest: { event: Event; text: Promise<Uint8Array> } | undefined
  return (event) => {
    if (newest?.event !== event) newest = { event, text: renderEvent(selection, event) }
    return newest.text
  }
}

async function renderEvent(selection: Selection, event: Event): Promise<Uint8Array> {
  const { data, errors } = await execute({ ...selection, rootValue: event })
  return toEventText(event.id, { data, ...(errors && { errors: errors.map(maskError) }) })
}
