/** What an app's slug suggests as its name: `google_sheets` is "Google Sheets". */
export function fromSlug(slug: string): string {
  return slug
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
}
