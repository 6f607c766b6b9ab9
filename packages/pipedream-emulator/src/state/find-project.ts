import type { Project } from './store.ts'
import type { World } from './emulator-context.ts'

/** The emulator's own project, or one that was created. */
export function findProject(world: World, id: string): Project | undefined {
  return id === world.project.id ? world.project : world.store.projects.get(id)
}
