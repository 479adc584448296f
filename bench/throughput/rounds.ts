import { short, type Rounds } from './report'
import type { ReferenceModel } from './models'

export interface Contestant {
  readonly name: string
  /** Samples per second; null where it cannot train the model. */
  measure(model: ReferenceModel): Promise<number | null>
}

/** By `contestant/model`. */
export type Results = ReadonlyMap<string, Rounds>

/** In every round each contestant trains each model for some seconds, so that a slow moment of the machine hits all of them. */
export async function measureRounds(rounds: number, models: readonly ReferenceModel[], contestants: readonly Contestant[]): Promise<Results> {
  const results = new Map<string, Rounds>()
  for (let round = 0; round < rounds; round++) {
    for (const model of models) {
      for (const contestant of contestants) {
        const key = `${contestant.name}/${model.name}`
        const rate = await contestant.measure(model)
        results.set(key, [...(results.get(key) ?? []), rate])
        console.error(`round ${round + 1}  ${key.padEnd(22)} ${rate === null ? 'failed' : short(rate)}`)
      }
    }
  }
  return results
}
