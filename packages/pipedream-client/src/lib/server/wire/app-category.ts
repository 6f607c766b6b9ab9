import type { AppCategory } from '../app-category.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'

/** A bare list, without pages. */
export function readAppCategories(value: unknown): readonly AppCategory[] {
  return readList(value, '', appCategoryOf)
}

export function readAppCategory(value: unknown): AppCategory {
  return appCategoryOf(value, '')
}

const appCategoryOf: Read<AppCategory> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.optionalText('id'),
    name: fields.optionalText('name'),
    description: fields.optionalText('description'),
    raw: fields.raw,
  }
}
