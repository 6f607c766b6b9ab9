/** The slug in the address that asks to connect an app, as `?connect=google_sheets` does. */
export function requestedApp(): string | undefined {
  return new URLSearchParams(window.location.search).get('connect') || undefined
}
