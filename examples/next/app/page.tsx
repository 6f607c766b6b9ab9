import { Integrations } from './integrations.tsx'
import { readUserId, signIn, signOut } from './session.ts'

export default async function Page() {
  const userId = await readUserId()
  if (!userId) {
    return (
      <form action={signIn}>
        <button>Sign in as ada</button>
      </form>
    )
  }
  return (
    <main>
      <Integrations userId={userId} />
      <form action={signOut}>
        <button>Sign out</button>
      </form>
    </main>
  )
}
