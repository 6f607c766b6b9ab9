// By name, because some of these apps say that they are Safari.
const APPS =
  /; wv\)|\b(FB(AN|AV|_IAB|IOS)|Instagram|Barcelona|LinkedInApp|GSA\/|Line\/|MicroMessenger|BytedanceWebview|musical_ly|Snapchat|Pinterest|KAKAOTALK|NAVER)|Twitter(Android| for)/

/**
 * Whether the page is open inside of another app, such as Instagram's or LinkedIn's, instead of in a browser. Google, and
 * other providers, refuse to sign anybody in there (`disallowed_useragent`), so ask the person to open the page in their
 * browser before a flow begins. Apps whose accounts are keys can be connected all the same.
 *
 * It knows the web views of Android and iOS and the apps that most links are opened in. Default: this browser. False where
 * there is no browser, and on a home screen of iOS.
 */
export function isInAppBrowser(userAgent = ownUserAgent()): boolean {
  return (
    APPS.test(userAgent) || (/\((iPhone|iPad|iPod)/.test(userAgent) && !/Safari\//.test(userAgent))
  )
}

function ownUserAgent(): string {
  if (!('navigator' in globalThis)) return ''
  // What was put on the home screen of iOS says no more of itself than a web view does.
  return 'standalone' in navigator && navigator.standalone === true ? '' : navigator.userAgent
}
