// Unpacks the tarball into an empty folder and loads its entry points, to prove that the package is complete.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [, , tarball = '.reports/package.tgz'] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'pipedream-emulator-'))
try {
  const installed = join(folder, 'node_modules', 'pipedream-emulator')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed])
  execFileSync(process.execPath, [join(installed, 'dist', 'cli.js'), '--help'])
  const script = join(folder, 'open.mjs')
  writeFileSync(
    script,
    `import { createEmulator } from 'pipedream-emulator'
     import { listen } from 'pipedream-emulator/listen'
     const { url, close } = await listen({ port: 0 })
     const logos = ['logos/slack.svg', 'logos/acorn_access.svg']
     for (const file of ['connect.html', 'connect.js', 'home.js', 'finish.js', ...logos]) {
       const { status } = await fetch(url + '/_static/' + file)
       if (status !== 200) throw new Error(file + ' returns status ' + status + '.')
     }
     await close()
     createEmulator({ seed: { accounts: [{ externalUserId: 'ada', app: 'google_sheets' }] } })`,
  )
  execFileSync(process.execPath, [script], { stdio: 'inherit' })
  console.log('All packed entry points load, and the pages are there.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
