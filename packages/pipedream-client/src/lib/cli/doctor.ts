import { checkGit } from './check-git.ts'
import { checkOrigins, countOrigins } from './check-origins.ts'
import { checkPipedream } from './check-pipedream.ts'
import { checkSettings, type SettingProblem, sourcesOf } from './check-settings.ts'
import type { CommandContext } from './command-context.ts'
import { type Finding, ok, problem } from './finding.ts'
import type { DoctorFlags } from './parse-invocation.ts'
import type { Settings } from './read-settings.ts'

/** `doctor`: what is wrong with the settings, and what to do about it. Gives back the exit code. */
export async function doctor(context: CommandContext<DoctorFlags>): Promise<number> {
  const { io, flags, settings, output } = context
  const wrong = checkSettings(settings)
  const findings = [
    ...judgeSettings(wrong, context),
    ...judgeOrigins(settings),
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

function judgeSettings(
  wrong: readonly SettingProblem[],
  { settings, hasStandIn }: CommandContext<DoctorFlags>,
): Finding[] {
  if (wrong.length > 0) return wrong.map((one) => problem('configuration', one))
  if (hasStandIn) return [ok('configuration', 'No project is set, so the local emulator is used.')]
  const sources = sourcesOf(settings).join(' and ')
  return [ok('configuration', `Every setting is there and well-formed, from ${sources}.`)]
}

function judgeOrigins(settings: Settings): Finding[] {
  const wrong = checkOrigins(settings)
  if (wrong.length > 0) return wrong.map((one) => problem('origins', one))
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
