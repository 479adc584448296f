import type { DataPart, PreparedData } from '@shared/data/types'

/** The part whose samples are shown. */
export interface ShownPart {
  readonly name: 'validation' | 'test' | 'train'
  readonly part: DataPart
}

/** What the model has not learned, where there is any. */
export function shownPart({ validation, test, train }: PreparedData): ShownPart {
  if (validation !== null && validation.rows > 0) return { name: 'validation', part: validation }
  return test !== null && test.rows > 0 ? { name: 'test', part: test } : { name: 'train', part: train }
}
