import type { OriginProblem } from './check-origin.ts'
import { checkOrigins, countOrigins } from './check-origins.ts'
import { checkPipedream } from './check-pipedream.ts'
import { checkSettings, type SettingProblem, sourcesOf } from './check-settings.ts'
import type { CliIo, CommandContext, Inspection } from './cli-io.ts'
import { checkConnectTokenScope } from './connect-token-scope.ts'
import { type Finding, ok, problem, type Problem, warning } from './finding.ts'
import type { DoctorFlags } from './parse-invocation.ts'
import { FILE, type Settings } from './read-settings.ts'

/** The command `doctor`: explains what is wrong with the settings and how to fix it. Returns the exit code. */
export async function doctor(context: CommandContext<DoctorFlags>): Promise<number> {
  const { io, flags, settings, output } = context
  const origins = checkOrigins(settings)
  const own = checkSettings(settings)
  const { problems: others, warnings } = await inspect(context)
  // Problems that both report are shown once.
  const refused = [...own, ...origins.filter(({ kind }) => kind === 'unusable')]
  const known = new Set(refused.map(({ setting }) => setting))
  const wrong = [
    ...own,
    ...others
      .filter(({ setting, what }) => !known.has(setting) && !isIn(origins, what))
      .map(({ setting, what }) => ({ setting, what, fix: null })),
  ]
  const findings = [
    ...judgeSettings(wrong, context),
    ...warnings.map((what) => warning('configuration', { what, fix: null })),
    ...checkConnectTokenScope(settings),
    ...judgeOrigins(origins, settings),
    ...(await checkGit(io, settings)),
    ...(await checkPipedream(io, settings, wrong)),
  ]
  const count = (wanted: Finding['status']) =>
    findings.filter(({ status }) => status === wanted).length
  const problems = count('problem')
  const summary = summarize(problems, count('warning'))
  if (flags.json) output.json({ ok: problems === 0, summary, findings })
  else for (const line of [...findings.flatMap(asLines), summary]) output.line(line)
  return problems === 0 ? 0 : 1
}

// An embedding program adds its own advice to the same sentence.
function isIn(origins: readonly Problem[], sentence: string): boolean {
  return origins.some(({ what }) => sentence.startsWith(what))
}

interface Wrong extends Omit<SettingProblem, 'fix'> {
  fix: string | null
}

// As when the embedding program starts: its other settings do not matter while the file is not readable.
async function inspect({
  io,
  settings: { file },
}: CommandContext<DoctorFlags>): Promise<Inspection> {
  const isUnread = file !== undefined && file.problems.length > 0
  if (isUnread || io.inspect === undefined) return { problems: [], warnings: [] }
  return io.inspect(file)
}

function judgeSettings(
  wrong: readonly Wrong[],
  { settings, hasStandIn }: CommandContext<DoctorFlags>,
): Finding[] {
  if (wrong.length > 0) return wrong.map((one) => problem('configuration', one))
  if (hasStandIn) return [ok('configuration', 'No project is set, so the local emulator is used.')]
  const sources = sourcesOf(settings).join(' and ')
  return [ok('configuration', `All settings are present and valid, from ${sources}.`)]
}

function judgeOrigins(wrong: readonly OriginProblem[], settings: Settings): Finding[] {
  const isAllowed = settings.get('ALLOW_INSECURE')?.trim() === 'on'
  if (wrong.length > 0) {
    return wrong.map((one) =>
      (isAllowed && one.kind === 'unencrypted' ? warning : problem)('origins', one),
    )
  }
  return [
    ok(
      'origins',
      countOrigins(settings) === 0
        ? 'Neither PUBLIC_URL nor ALLOWED_ORIGINS is set, so there is nothing to check.'
        : 'PUBLIC_URL is a full URL, and ALLOWED_ORIGINS are full origins.',
    ),
  ]
}

function asLines({ check, status, what, fix }: Finding): string[] {
  const lines = [`${status.padEnd(9)}${check.padEnd(15)}${what}`]
  if (fix !== null) lines.push(`${' '.repeat(24)}${fix}`)
  return lines
}

function summarize(problems: number, warnings: number): string {
  if (problems > 0)
    return problems === 1 ? 'There is 1 problem.' : `There are ${problems} problems.`
  if (warnings > 0)
    return `It works, with ${warnings === 1 ? 'a warning' : `${warnings} warnings`}.`
  return 'All is well.'
}

/** Checks that git ignores `.env.local` and its secrets. Returns no finding without a file or without git. */
async function checkGit(io: Pick<CliIo, 'git'>, { file }: Settings): Promise<Finding[]> {
  if (file === undefined) return []
  const tracked = await io.git(['ls-files', '--error-unmatch', '--', FILE])
  if (tracked === 0) return [warning('git', TRACKED)]
  if (tracked !== 1) return []
  const ignored = await io.git(['check-ignore', '--quiet', '--', FILE])
  if (ignored === 0) return [ok('git', `git ignores ${FILE}.`)]
  return ignored === 1 ? [warning('git', NOT_IGNORED)] : []
}

const TRACKED = {
  what: `git tracks ${FILE}, so its secrets are in the repository.`,
  fix: `Run "git rm --cached ${FILE}", add it to .gitignore, and replace the secrets: the history still contains them.`,
}

const NOT_IGNORED = {
  what: `git does not ignore ${FILE}, so the next "git add ." adds its secrets to the repository.`,
  fix: `Add ${FILE} to .gitignore.`,
}
