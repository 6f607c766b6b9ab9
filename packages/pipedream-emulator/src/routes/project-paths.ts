/**
 * Returns the two paths of a project route: with the project, and without it as browsers call it, where the connect
 * token implies the project. A segment that does not start with `proj_` belongs to the second form (inferred).
 */
export function projectPaths(suffix: string): string[] {
  return [`/v1/connect/:project{proj_[^/]+}${suffix}`, `/v1/connect${suffix}`]
}
