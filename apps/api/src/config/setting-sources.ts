type Variables = Readonly<Record<string, string | undefined>>

/** The file that is read without being named. */
export const LOCAL_FILE = '.env.local'

/** A settings file. */
export interface SettingsFile {
  /** Its name in messages. */
  name: string
  variables: Variables
}

/** Where the settings come from, in this order of precedence: the environment, the last named file, `.env.local`. */
export interface SettingSources {
  /** The settings that are not blank. A blank one hides that of a later source. */
  values: Readonly<Record<string, string>>
  /** The name of a setting's source; undefined if the setting is missing. */
  sourceOf: (name: string) => string | undefined
}

/** Combines the sources. `files` are in ascending order of precedence. */
export function combineSources(
  environment: Variables,
  files: readonly SettingsFile[],
): SettingSources {
  const sources = [...files, { name: 'the environment', variables: environment }]
  const given: Variables = Object.assign({}, ...sources.map(({ variables }) => variables))
  const values = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )
  return {
    values,
    sourceOf(name) {
      if (values[name] === undefined) return undefined
      return sources.findLast(({ variables }) => variables[name] !== undefined)?.name
    },
  }
}
