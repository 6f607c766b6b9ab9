import type { Project } from './store.ts'
import type { EmulatorContext } from './emulator-context.ts'

/** The emulator's own project, or one that was created. */
export function findProject(context: EmulatorContext, id: string): Project | undefined {
  return id === context.project.id ? context.project : context.store.projects.get(id)
}
