import type { SavedRun } from './checkpoint'
import type { Trainer } from './trainer'

export interface BadPlace {
  /** The update (from 1) in which NaN or Inf first appeared. */
  readonly step: number
  /** Layer or optimizer entry; empty when it could not be found. */
  readonly scope: string
  readonly op: string
}

/**
 * Finds the first tensor that went bad by making the steps again from the last good state: runs are reproducible, so the
 * same thing happens. A loss that is bad at step n may come from weights that the update of step n − 1 spoiled.
 */
export async function traceNonFinite(trainer: Trainer, badStep: number, lastGood: SavedRun | null): Promise<BadPlace> {
  if (lastGood === null) await trainer.reset()
  else await trainer.restore(lastGood.step, lastGood.views)
  const before = Math.max(badStep - 2, trainer.step)
  while (trainer.step < before) await trainer.advance(before - trainer.step)
  while (trainer.step < badStep) {
    const found = await trainer.findNonFinite()
    if (found !== null) return { step: trainer.step + 1, ...found }
    await trainer.advance(1)
  }
  return { step: badStep, scope: '', op: '' }
}
