/** Reads a setting that the gateway has written into the page. */
export function readSetting(name: 'base-path' | 'sign-in' | 'test-user-id' | 'quick-apps'): string {
  const tag = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)
  return tag?.content ?? ''
}
