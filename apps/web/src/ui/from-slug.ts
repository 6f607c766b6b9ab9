/** Derives an app's name from its slug: `google_sheets` becomes "Google Sheets". */
export function fromSlug(slug: string): string {
  return slug
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
}
