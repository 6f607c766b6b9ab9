// By name, because some of these apps identify as Safari.
const APPS =
  /; wv\)|\b(FB(AN|AV|_IAB|IOS)|Instagram|Barcelona|LinkedInApp|GSA\/|Line\/|MicroMessenger|BytedanceWebview|musical_ly|Snapchat|Pinterest|KAKAOTALK|NAVER)|Twitter(Android| for)/

/**
 * Whether the page is open inside another app, such as Instagram or LinkedIn, instead of in a browser. Google and other
 * providers reject sign-in there (`disallowed_useragent`), so ask the user to open the page in their browser before
 * starting a flow. Apps whose accounts are API keys can still be connected.
 *
 * Recognises the web views of Android and iOS and the apps that open most links. `userAgent` defaults to this browser's.
 * Returns false where there is no browser, and for a page opened from an iOS home screen.
 */
export function isInAppBrowser(userAgent = ownUserAgent()): boolean {
  return (
    APPS.test(userAgent) || (/\((iPhone|iPad|iPod)/.test(userAgent) && !/Safari\//.test(userAgent))
  )
}

function ownUserAgent(): string {
  if (!('navigator' in globalThis)) return ''
  // A page on the iOS home screen has the user agent of a web view.
  return 'standalone' in navigator && navigator.standalone === true ? '' : navigator.userAgent
}
