import type { CliIo } from './cli-io.ts'
import { type Finding, ok, warning } from './finding.ts'
import { FILE, type Settings } from './read-settings.ts'

/** Whether git keeps `.env.local`, and the secrets in it, out of the repository. Nothing where there is no file or no git. */
export async function checkGit(io: Pick<CliIo, 'git'>, { file }: Settings): Promise<Finding[]> {
  if (file === undefined) return []
  const tracked = await io.git(['ls-files', '--error-unmatch', '--', FILE])
  if (tracked === 0) return [warning('git', TRACKED)]
  if (tracked !== 1) return []
  const ignored = await io.git(['check-ignore', '--quiet', '--', FILE])
  if (ignored === 0) return [ok('git', `git ignores ${FILE}.`)]
  return ignored === 1 ? [warning('git', NOT_IGNORED)] : []
}

const TRACKED = {
  what: `${FILE} is tracked by git, so its secrets are in the repository.`,
  fix: `Run "git rm --cached ${FILE}", add it to .gitignore, and replace the secrets: the history keeps the old ones.`,
}

const NOT_IGNORED = {
  what: `git does not ignore ${FILE}, so the next "git add ." takes its secrets into the repository.`,
  fix: `Add ${FILE} to .gitignore.`,
}
