// Replaces your product’s sign-in: every user is ada, and the cookie is not signed.
import { cookies } from 'next/headers'

const COOKIE = 'demo-user'

export async function readUserId(): Promise<string | undefined> {
  return (await cookies()).get(COOKIE)?.value
}

export async function signIn(): Promise<void> {
  'use server'
  const jar = await cookies()
  jar.set(COOKIE, 'ada', { httpOnly: true, sameSite: 'lax' })
}

export async function signOut(): Promise<void> {
  'use server'
  const jar = await cookies()
  jar.delete(COOKIE)
}
