import { compareRoles, pairedGain, type ComparedRow, type ComparedRun, type PairedGain, type Role } from '@shared/distillation'
import type { RequestParams, RequestResults } from '@shared/protocol/contract'
import type { RunView } from '@shared/protocol/views'
import { accuracyOf } from '../../distillation/teachers'

/** Runs of one comparison, by role. */
export type Compared = RequestParams<'distillation.compare'>

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  readonly gain: PairedGain | null
}

/** As the host found it; until then, what the runs tell so far. */
export function comparisonOf(compared: Compared, outcome: RequestResults['distillation.compare'] | null, runs: ReadonlyMap<string, RunView>): Comparison {
  if (outcome?.ok === true) return outcome.value
  const soFar = (role: Role): readonly ComparedRun[] =>
    compared[role].flatMap((id) => {
      const run = runs.get(id)
      return run === undefined ? [] : [{ seed: run.seed, accuracy: accuracyOf(run), parameters: null, speed: null }]
    })
  const all = { teacher: soFar('teacher'), distilled: soFar('distilled'), alone: soFar('alone') }
  return { rows: compareRoles(all), gain: pairedGain(all.distilled, all.alone) }
}

/** In points of a percent: `+1.25 ± 0.40`. */
export function gainText({ mean, deviation }: PairedGain): string {
  const spread = deviation === null ? '' : ` ± ${(100 * deviation).toFixed(2)}`
  return `${mean < 0 ? '−' : '+'}${(100 * Math.abs(mean)).toFixed(2)}${spread}`
}

/** `96.94% ± 0.31`; a dash where there is none yet. */
export function accuracyText({ accuracy, deviation }: ComparedRow): string {
  if (accuracy === null) return '–'
  return `${(100 * accuracy).toFixed(2)}%${deviation === null ? '' : ` ± ${(100 * deviation).toFixed(2)}`}`
}
