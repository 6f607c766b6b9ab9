import { basePath } from '../ui/base-path.ts'
import type { RequestFailure } from '../ui/request-error-sentence.ts'
import { readServerSentence, ServerSentence } from '../ui/server-sentence.ts'

export interface SignInInput {
  externalUserId: string
  role: 'user' | 'operator'
  /** The code of the gateway's start, if it asks for one. */
  code: string
}

/** Why signing in or out failed. */
export interface SignInFailure extends RequestFailure {
  /** The name is invalid; another one may work. */
  badName: boolean
}

/** Signs in as a demo user, with a cookie. Returns `undefined`, or the failure. */
export async function signIn(input: SignInInput): Promise<SignInFailure | undefined> {
  return post('/auth/demo', input)
}

/** Ends the session on the gateway. Returns `undefined`, or the failure. */
export async function signOut(): Promise<SignInFailure | undefined> {
  return post('/auth/sign-out', {})
}

async function post(path: string, body: object): Promise<SignInFailure | undefined> {
  try {
    const response = await fetch(basePath() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return undefined
    const badName = response.status === 400
    const sentence = await readServerSentence(response)
    if (sentence !== undefined) return { networkError: new ServerSentence(sentence), badName }
    return { response, badName }
  } catch (networkError) {
    return { networkError, badName: false }
  }
}
