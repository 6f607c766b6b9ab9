/** The names of all public methods of a client, such as `accounts.list`. */
export type MethodOf<Client> = {
  [Key in keyof Client & string]: Client[Key] extends (...args: never[]) => unknown
    ? Key
    : Client[Key] extends PromiseLike<unknown>
      ? never
      : Client[Key] extends object
        ? `${Key}.${MethodOf<Client[Key]>}`
        : never
}[keyof Client & string]

/** The names of the methods of an object at run time, including those of its classes. */
export function methodsOf(client: object): string[] {
  return membersOf(client).flatMap(([name, value]) => {
    if (typeof value === 'function') return [name]
    const isResource = typeof value === 'object' && value !== null && !(value instanceof Promise)
    return isResource ? methodsOf(value).map((method) => `${name}.${method}`) : []
  })
}

function membersOf(client: object): [string, unknown][] {
  const names = new Set<string>()
  let layer: object | null = client
  while (layer !== null && layer !== Object.prototype) {
    for (const name of Object.getOwnPropertyNames(layer)) names.add(name)
    layer = Object.getPrototypeOf(layer)
  }
  names.delete('constructor')
  return [...names]
    .filter((name) => !name.startsWith('_'))
    .map((name) => [name, Reflect.get(client, name)])
}
