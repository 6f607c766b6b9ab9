import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']

// The package's own file looks for the fonts in folders of Amazon's machines.
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

/**
 * Unpacks the browser, and the libraries and fonts that a plain container lacks, from the
 * `@sparticuz/chromium` package into `folder`, unless they are there. The folder appears whole or not at all,
 * however many processes ask for it and wherever one of them is interrupted.
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

// The package unpacks into the folder for temporary files, and takes whatever has the right name there for whole.
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
