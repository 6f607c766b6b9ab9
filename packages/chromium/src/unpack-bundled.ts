import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']

// The package's own configuration points to folders of AWS Lambda.
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

/**
 * Unpacks the browser, and the libraries and fonts that a plain container lacks, from the `@sparticuz/chromium` package into
 * `folder`, unless it exists. The folder appears complete or not at all, even if several processes unpack it at the same time or
 * one of them is interrupted.
 */
export async function unpackBundled(folder: string): Promise<string> {
  if (existsSync(folder)) return folder
  await mkdir(join(folder, '..'), { recursive: true })
  const staging = await mkdtemp(`${folder}-`)
  try {
    await inflateAll(staging)
    await writeFile(join(staging, 'fonts', 'fonts.conf'), fontsIn(folder))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

// The package unpacks into TMPDIR, and treats any file with the right name there as complete.
async function inflateAll(staging: string): Promise<void> {
  const bin = new URL('../bin/', import.meta.resolve('@sparticuz/chromium'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = staging
  try {
    await Promise.all(ARCHIVES.map((name) => inflate(fileURLToPath(new URL(name, bin)))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
