import type { ProjectEnvironment } from './client-options.ts'

/** The environment that a text names; null when it names none. */
export function environmentOf(value: string | null): ProjectEnvironment | null {
  return value === 'development' || value === 'production' ? value : null
}
