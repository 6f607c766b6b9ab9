import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** The operations of a web build, by their SHA-256 in hexadecimal. */
export type Documents = ReadonlyMap<string, string>

export interface TrustedDocuments {
  documents: Documents
  /** Whether all other operations are rejected. */
  only: boolean
}

const manifest = z.record(z.string(), z.string())

/** Reads the operations that the web build lists; none if there is no build. Throws if a hash does not match. */
export async function readDocuments(file: string): Promise<Documents> {
  if (!existsSync(file)) return new Map()
  const documents = new Map(
    Object.entries(manifest.parse(JSON.parse(await readFile(file, 'utf8')))),
  )
  for (const [hash, text] of documents) {
    if (createHash('sha256').update(text).digest('hex') !== hash) {
      throw new Error(
        `${file} was changed: a hash does not match its operation. Build the web app again.`,
      )
    }
  }
  return documents
}
