import { describe, expect, test } from 'vitest'
import { isInAppBrowser } from '../../browser.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0'
const VIEW = `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240205.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/123.0.6312.118 Mobile Safari/537.36`

const inside = {
  'Facebook on iOS': `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/460.0.0.31.103;FBBV/588512345;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.4.1;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]`,
  'Facebook on Android': `${VIEW} [FB_IAB/FB4A;FBAV/459.0.0.41.102;]`,
  'Messenger on iOS': `${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/453.0.0.36.106;FBBV/581234567;FBDV/iPhone15,2]`,
  'Messenger on Android': `${VIEW} [FB_IAB/Orca-Android;FBAV/452.0.0.37.109;]`,
  'Instagram on iOS': `${IPHONE} Mobile/15E148 Instagram 325.0.3.34.90 (iPhone14,5; iOS 17_4_1; en_US; en; scale=3.00; 1170x2532; 591234567)`,
  'Instagram on an iPad': `${IPAD} Mobile/15E148 Instagram 325.0.3.34.90 (iPad13,4; iPadOS 17_4; en_US; en; scale=2.00; 750x1334; 591234567)`,
  'Instagram on Android': `${VIEW} Instagram 325.0.0.35.91 Android (34/14; 420dpi; 1080x2209; Google/google; Pixel 8; shiba; shiba; en_US; 591234567)`,
  'Threads on iOS': `${IPHONE} Mobile/15E148 Barcelona 325.0.0.24.90 (iPhone14,5; iOS 17_4_1; en_US; en; scale=3.00; 1170x2532; 591234567)`,
  'LinkedIn on iOS': `${IPHONE} Mobile/15E148 [LinkedInApp]/9.29.5543`,
  'LinkedIn on Android': `${VIEW} [LinkedInApp]/4.1.915`,
  'the Google app on iOS': `${IPHONE} GSA/312.0.625134567 Mobile/15E148 Safari/604.1`,
  'the Google app on Android': `${VIEW} GSA/15.13.33.29.arm64`,
  'TikTok on iOS': `${IPHONE} Mobile/15E148 musical_ly_33.8.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US isDarkMode/0 WKWebView/1 BytedanceWebview/d8a21c6 FalconTag/`,
  'TikTok on Android': `${VIEW} trill_330803 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/33.8.3 ByteLocale/en BytedanceWebview/d8a21c6`,
  'Line on iOS': `${IPHONE} Mobile/15E148 Safari Line/14.4.0`,
  'Line on Android': `${VIEW} Line/14.4.1/IAB`,
  'WeChat on iOS': `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/en`,
  'WeChat on Android': `${VIEW} XWEB/1160117 MMWEBSDK/20240301 MicroMessenger/8.0.48.2580(0x28003036) WeChat/arm64 Weixin NetType/WIFI Language/en ABI/arm64`,
  'Snapchat on iOS': `${IPHONE} Version/17.4.1 Mobile/15E148 Safari/604.1 Snapchat/12.83.0.35 (like Safari/8617.2.4.11.12, panda)`,
  'Snapchat on Android': `${VIEW} Snapchat/12.83.0.35 (Pixel 8; Android 14#11505555#34; gzip; )`,
  'X on iOS': `${IPHONE} Mobile/15E148 Twitter for iPhone/10.37`,
  'X on Android': `${VIEW} TwitterAndroid`,
  'Pinterest on iOS': `${IPHONE} Mobile/15E148 [Pinterest/iOS]`,
  'Pinterest on Android': `${VIEW} [Pinterest/Android]`,
  'KakaoTalk on iOS': `${IPHONE} Mobile/15E148 KAKAOTALK/10.7.5 (INAPP)`,
  'a web view of Android': VIEW,
  'a web view of iOS': `${IPHONE} Mobile/15E148`,
}

const browsers = {
  'Chrome on Windows': `${WINDOWS} ${CHROMIUM} Safari/537.36`,
  'Edge on Windows': `${WINDOWS} ${CHROMIUM} Safari/537.36 Edg/124.0.0.0`,
  'Opera on Windows': `${WINDOWS} ${CHROMIUM} Safari/537.36 OPR/109.0.0.0`,
  'Firefox on Windows':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0',
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
  'Safari on a Mac, or an iPad': `${MAC} Version/17.4.1 Safari/605.1.15`,
  'Chrome on ChromeOS': `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROMIUM} Safari/537.36`,
  'Safari on iOS': `${IPHONE} Version/17.4.1 Mobile/15E148 Safari/604.1`,
  'Safari on an iPad, as a phone': `${IPAD} Version/17.4 Mobile/15E148 Safari/604.1`,
  'Chrome on iOS': `${IPHONE} CriOS/124.0.6367.88 Mobile/15E148 Safari/604.1`,
  'Firefox on iOS': `${IPHONE} FxiOS/125.0 Mobile/15E148 Safari/605.1.15`,
  'Edge on iOS': `${IPHONE} Version/17.0 EdgiOS/123.0.2420.108 Mobile/15E148 Safari/605.1.15`,
  'DuckDuckGo on iOS': `${IPHONE} Version/17.4.1 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`,
  'Opera on iOS': `${IPHONE} Version/17.4.1 Mobile/15E148 Safari/604.1 OPT/4.6.0`,
  'Chrome on Android': `Mozilla/5.0 (Linux; Android 10; K) ${CHROMIUM} Mobile Safari/537.36`,
  'Chrome on Android, with its model': `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROMIUM} Mobile Safari/537.36`,
  'Firefox on Android': 'Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0',
  'Edge on Android': `Mozilla/5.0 (Linux; Android 10; K) ${CHROMIUM} Mobile Safari/537.36 EdgA/124.0.0.0`,
  'Samsung Internet':
    'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36',
  'Opera on Android': `Mozilla/5.0 (Linux; Android 10; K) ${CHROMIUM} Mobile Safari/537.36 OPR/80.0.0.0`,
  'DuckDuckGo on Android':
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.0.0 Mobile DuckDuckGo/5 Safari/537.36',
  'an app made with Electron': `${WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Product/4.37.94 Chrome/122.0.6261.112 Electron/29.3.0 Safari/537.36`,
  'a headless Chrome': `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36`,
  'nothing that it says': '',
}

describe('a page is inside of an app', () => {
  test.each(Object.entries(inside))('in %s', (_name, userAgent) => {
    expect(isInAppBrowser(userAgent)).toBe(true)
  })

  test.each(Object.entries(browsers))('but not in %s', (_name, userAgent) => {
    expect(isInAppBrowser(userAgent)).toBe(false)
  })

  test('but not where there is no page', () => {
    expect(isInAppBrowser()).toBe(false)
  })
})
