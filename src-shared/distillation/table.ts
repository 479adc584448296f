/** What a run of the comparison has to show. */
export interface ComparedRun {
  readonly seed: number
  /** Share of validation rows that it reads right; null until it was evaluated. */
  readonly accuracy: number | null
  /** Null until its model is known. */
  readonly parameters: number | null
  /** Of a file; else four for every parameter. */
  readonly bytes?: number
  /** Samples that it answers in a second; null where that was not measured. */
  readonly speed: number | null
}

export const ROLES = ['teacher', 'distilled', 'alone'] as const
export type Role = (typeof ROLES)[number]

export interface ComparedRow {
  readonly role: Role
  readonly runs: number
  /** Mean over the runs that have one, and their standard deviation (of the sample); null where there is none. */
  readonly accuracy: number | null
  readonly deviation: number | null
  readonly parameters: number | null
  /** Bytes of its weights in float32, or of the file that teaches. */
  readonly bytes: number | null
  /** Samples answered in a second. */
  readonly speed: number | null
}

/** By how much distilled students read more than those of the same seeds alone. */
export interface PairedGain {
  readonly pairs: number
  readonly mean: number
  /** Standard deviation of the sample; null below two pairs. */
  readonly deviation: number | null
}

export function compareRoles(runs: Readonly<Record<Role, readonly ComparedRun[]>>): readonly ComparedRow[] {
  return ROLES.map((role) => rowOf(role, runs[role]))
}

/** Null while no seed has both. */
export function pairedGain(distilled: readonly ComparedRun[], alone: readonly ComparedRun[]): PairedGain | null {
  const gains = distilled.flatMap(({ seed, accuracy }) => {
    const other = alone.find((run) => run.seed === seed)?.accuracy ?? null
    return accuracy === null || other === null ? [] : [accuracy - other]
  })
  const gain = mean(gains)
  return gain === null ? null : { pairs: gains.length, mean: gain, deviation: deviation(gains, gain) }
}

function rowOf(role: Role, runs: readonly ComparedRun[]): ComparedRow {
  const accuracies = runs.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]))
  const accuracy = mean(accuracies)
  const parameters = firstOf(runs, ({ parameters }) => parameters)
  return {
    role,
    runs: runs.length,
    accuracy,
    deviation: accuracy === null ? null : deviation(accuracies, accuracy),
    parameters,
    bytes: firstOf(runs, ({ bytes }) => bytes ?? null) ?? (parameters === null ? null : 4 * parameters),
    speed: firstOf(runs, ({ speed }) => speed),
  }
}

function firstOf(runs: readonly ComparedRun[], read: (run: ComparedRun) => number | null): number | null {
  return runs.map(read).find((value) => value !== null) ?? null
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviation(values: readonly number[], center: number): number | null {
  return values.length < 2 ? null : Math.sqrt(values.reduce((sum, each) => sum + (each - center) ** 2, 0) / (values.length - 1))
}
