// Stands in for your product’s sign-in: everybody is ada, and the cookie is not even signed.
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
