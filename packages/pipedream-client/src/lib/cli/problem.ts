/** Something that is wrong, for a person. */
export interface Problem {
  /** What it is: a sentence. */
  what: string
  /** What to do: a sentence or two. */
  fix: string
}
