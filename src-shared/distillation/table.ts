/** What a run of the comparison has to show. */
export interface ComparedRun {
  /** Share of validation rows that it reads right; null until it was evaluated. */
  readonly accuracy: number | null
  /** Null until its model is known. */
  readonly parameters: number | null
  /** Samples that it trained on, and the seconds that it took. */
  readonly samples: number
  readonly seconds: number
}

export type Role = 'teacher' | 'distilled' | 'alone'

export interface ComparedRow {
  readonly role: Role
  readonly runs: number
  /** Mean over the runs that have one, and their standard deviation (of the sample); null where there is none. */
  readonly accuracy: number | null
  readonly deviation: number | null
  readonly parameters: number | null
  /** Bytes of its weights in float32. */
  readonly bytes: number | null
  /** Trained samples a second. */
  readonly speed: number | null
}

export function compareRoles(runs: Readonly<Record<Role, readonly ComparedRun[]>>): readonly ComparedRow[] {
  return (['teacher', 'distilled', 'alone'] as const).map((role) => rowOf(role, runs[role]))
}

function rowOf(role: Role, runs: readonly ComparedRun[]): ComparedRow {
  const accuracies = runs.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]))
  const accuracy = mean(accuracies)
  const spread = accuracy === null || accuracies.length < 2 ? null : Math.sqrt(accuracies.reduce((sum, each) => sum + (each - accuracy) ** 2, 0) / (accuracies.length - 1))
  const parameters = runs.find((run) => run.parameters !== null)?.parameters ?? null
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  const speed = seconds > 0 ? runs.reduce((sum, run) => sum + run.samples, 0) / seconds : null
  return { role, runs: runs.length, accuracy, deviation: spread, parameters, bytes: parameters === null ? null : 4 * parameters, speed }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
