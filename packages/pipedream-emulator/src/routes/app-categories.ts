import type { Hono } from 'hono'
import { requireCaller } from '../server/access.ts'
import { listCategories } from '../catalogue/catalogue.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** GET /v1/connect/app_categories, a bare list, and one category by id. Also by the older paths. */
export function routeAppCategories(app: Hono, context: EmulatorContext): void {
  app.on('GET', ['/v1/connect/app_categories', '/v1/app_categories'], (c) => {
    requireCaller(c, context, 'connect:*')
    return c.json(listCategories())
  })

  app.on('GET', ['/v1/connect/app_categories/:id', '/v1/app_categories/:id'], (c) => {
    requireCaller(c, context, 'connect:*')
    const category = listCategories().find(({ id }) => id === c.req.param('id'))
    if (category === undefined) throw recordNotFound()
    return c.json(category)
  })
}
