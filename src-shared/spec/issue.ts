import { z } from 'zod'

/** A user's mistake: collected, never thrown across a process; translated where a person reads it. */
export interface Issue {
  /** Stable kebab-case name, the key of the message in `src-shared/locales`: `layer-unknown`, `csv-ragged-row`. */
  readonly code: string
  /** Where in the document: `['model', 'nodes', 2, 'units']`; empty when it is not about one field. */
  readonly path: readonly (string | number)[]
  /** What the message needs to name the problem and the fix. */
  readonly args: Readonly<Record<string, string | number>>
}

/** Of issues that were written down: codes of other builds are kept, and shown as they are. */
export const issueSchema = z.object({
  code: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<Issue>

export function issue(code: string, path: Issue['path'], args: Issue['args'] = {}): Issue {
  return { code, path, args }
}

/** Carries issues out of code that cannot return them (deep readers); the boundary turns it back into issues. */
export class IssueError extends Error {
  override readonly name = 'IssueError'
  constructor(readonly issues: readonly Issue[]) {
    super(issues.map((each) => `${each.path.join('.')}: ${each.code} ${JSON.stringify(each.args)}`).join('; '))
  }
}

/** Throws one issue. */
export function refuse(code: string, path: Issue['path'], args: Issue['args'] = {}): never {
  throw new IssueError([issue(code, path, args)])
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failure(...issues: readonly Issue[]): Result<never> {
  return { ok: false, issues }
}

/** The value of a result that has one; otherwise throws the issues. */
export function need<T>(result: Result<T>): T {
  if (!result.ok) throw new IssueError(result.issues)
  return result.value
}
