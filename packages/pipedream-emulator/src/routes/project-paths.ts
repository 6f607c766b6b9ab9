/**
 * A project route's two paths: with the project, and without it as browsers call it, where the connect token tells the
 * project. Ids not starting with `proj_` belong to the second form (inferred).
 */
export function projectPaths(suffix: string): string[] {
  return [`/v1/connect/:project{proj_[^/]+}${suffix}`, `/v1/connect${suffix}`]
}
