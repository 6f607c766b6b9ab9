import type { Hono } from 'hono'
import { foreignUser, requireAccess, requireServerAccess } from '../server/access.ts'
import { listUsers } from '../state/external-users.ts'
import { paginate } from '../wire/page-info.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { deleteUser } from '../state/delete-account.ts'

/** GET a page of the users who have connected an account, and DELETE one with all their accounts. */
export function routeExternalUsers(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/users'), (c) => {
    const access = requireServerAccess(c, context, 'connect:users:read')
    const fold = (text: string) =>
      context.inferred.userSearch === 'case-insensitive' ? text.toLowerCase() : text
    const query = fold(c.req.query('q') ?? '')
    const items = listUsers(context.store, access).filter((user) =>
      fold(user.externalId).includes(query),
    )
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    const data = page.data.map((user) => ({
      id: user.id,
      external_id: user.externalId,
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
    }))
    return c.json({ data, page_info: page.page_info })
  })

  app.on('DELETE', projectPaths('/users/:user'), (c) => {
    const access = requireAccess(c, context, 'connect:users:write')
    const externalUserId = c.req.param('user') ?? ''
    if (access.externalUserId !== null && access.externalUserId !== externalUserId) {
      throw foreignUser(context)
    }
    const { projectId, environment } = access
    const deleted = deleteUser(context.store, { projectId, environment, externalUserId })
    if (!deleted && context.inferred.unknownUserDeletion === 404) throw recordNotFound()
    return c.body(null, 204)
  })
}
