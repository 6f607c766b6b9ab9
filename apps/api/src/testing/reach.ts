import type { Server } from '../server.ts'

/** A gateway that is reached over the network, for those who would ask one in this process. */
export function reach(origin: string): Pick<Server, 'fetch'> {
  return {
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      return fetch(new Request(new URL(`${pathname}${search}`, origin), request))
    },
  }
}
