import type { Hono } from 'hono'
import { foreignUser, requireAccess, requireServerAccess } from '../server/access.ts'
import { deleteUser, listUsers } from '../state/external-users.ts'
import { paginate } from '../wire/page-info.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { World } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'

/** GET a page of the users who have connected something, and DELETE one with all their accounts. */
export function routeExternalUsers(app: Hono, world: World): void {
  app.on('GET', projectPaths('/users'), (c) => {
    const access = requireServerAccess(c, world, 'connect:users:read')
    const fold = (text: string) =>
      world.inferred.userSearch === 'case-insensitive' ? text.toLowerCase() : text
    const query = fold(c.req.query('q') ?? '')
    const items = listUsers(world.store, access).filter((user) =>
      fold(user.externalId).includes(query),
    )
    const page = paginate(c, world, { items, keyOf: ({ id }) => id })
    const data = page.data.map((user) => ({
      id: user.id,
      external_id: user.externalId,
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
    }))
    return c.json({ data, page_info: page.page_info })
  })

  app.on('DELETE', projectPaths('/users/:user'), (c) => {
    const access = requireAccess(c, world, 'connect:users:write')
    const externalUserId = c.req.param('user') ?? ''
    if (access.externalUserId !== null && access.externalUserId !== externalUserId) {
      throw foreignUser(world)
    }
    const { projectId, environment } = access
    const deleted = deleteUser(world.store, { projectId, environment, externalUserId })
    if (!deleted && world.inferred.unknownUserDeletion === 404) throw recordNotFound()
    return c.body(null, 204)
  })
}
