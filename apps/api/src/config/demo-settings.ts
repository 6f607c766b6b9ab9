import { isLoopback, isLoopbackInBrowsers } from 'pipedream-client/node'
import { isLoopbackHost } from '../http/site.ts'
import type { AuthConfig } from './auth-config.ts'
import { onOrOff } from './limit-settings.ts'
import type { PipedreamConfig } from './pipedream-config.ts'
import type { TrustedProxies } from './trust-proxy.ts'

/**
 * Whether users of this machine sign in with any name. `open`: also as operators, because only the embedded emulator is
 * behind the gateway. `coded`: with the code of this start, and never as operators. `unset`: off, but `DEMO_SIGN_IN=on`
 * would be accepted. `off`: off.
 */
export type DemoSignIn = 'open' | 'coded' | 'unset' | 'off'

export const demoSettings = {
  DEMO_SIGN_IN: onOrOff.optional(),
}

/** The settings that decide about demo sign-in. */
interface Situation {
  wanted: boolean | undefined
  pipedream: PipedreamConfig | undefined
  host: string | undefined
  publicUrl: string | undefined
  allowedOrigins: readonly string[]
  trustedProxies: TrustedProxies
  auth: AuthConfig | undefined
  hasServiceKey: boolean
}

/**
 * Names the settings that show that other people reach the gateway. Requests cannot show it: a proxy or a tunnel on this
 * machine may pass them on without a trace.
 */
export function signsOfDeployment(situation: Situation): string[] {
  const { pipedream, host, publicUrl, allowedOrigins, trustedProxies } = situation
  const signs: readonly [sign: string, isSet: boolean][] = [
    ['PIPEDREAM_PROJECT_ENVIRONMENT=production', pipedream?.projectEnvironment === 'production'],
    ['HOST', host !== undefined && !isLoopbackHost(host)],
    ['PUBLIC_URL', publicUrl !== undefined && !isLoopback(new URL(publicUrl))],
    ['ALLOWED_ORIGINS', allowedOrigins.some((origin) => !isLoopbackInBrowsers(new URL(origin)))],
    ['TRUST_PROXY', trustedProxies.hops > 0],
    ['AUTH_JWKS_URL', situation.auth !== undefined],
    ['SERVICE_KEY', situation.hasServiceKey],
  ]
  return signs.flatMap(([sign, isSet]) => (isSet ? [sign] : []))
}

/** Whether demo sign-in exists. The absence of a sign of a deployment proves nothing, so a real project needs the setting. */
export function readDemoSignIn({ wanted, pipedream, ...rest }: Situation): DemoSignIn {
  if (!pipedream) return wanted === false ? 'off' : 'open'
  if (wanted !== undefined) return wanted ? 'coded' : 'off'
  return signsOfDeployment({ wanted, pipedream, ...rest }).length === 0 ? 'unset' : 'off'
}

/** Says why demo sign-in with a real project is refused; undefined if it is not. */
export function refuseDemoSignIn(situation: Situation): string | undefined {
  const signs = signsOfDeployment(situation)
  if (!situation.wanted || !situation.pipedream || signs.length === 0) return undefined
  return `DEMO_SIGN_IN must not be on together with ${signs.join(', ')}: other people reach this gateway, and could sign in under any name. Unset DEMO_SIGN_IN. Users of a deployed gateway sign in with a JWT (AUTH_*).`
}
