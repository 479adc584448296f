import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { convergence } from './convergence'
import { earlyStopping } from './early-stopping'
import { gradientNorm } from './gradient-norm'
import { seconds } from './seconds'
import { steps } from './steps'
import type { StoppingDefinition } from './stopping'
import { target } from './target'

export { GRADIENT_NORM } from './gradient-norm'
export type { Memory, StoppingDefinition, Verdict } from './stopping'

export const stoppings: readonly StoppingDefinition[] = [earlyStopping, target, convergence, gradientNorm, steps, seconds]

export const stoppingRegistry = registry(stoppings)

/** `"earlyStopping"`, or `{ "type": "target", "monitor": "val.accuracy", "value": 0.97 }`. */
export const stoppingSchema = choiceSchema(stoppings)

/** Updates of a run that no evaluation and no clock ends. */
export function totalSteps({ epochs, stopping = [] }: { readonly epochs: number; readonly stopping?: readonly { readonly type: string }[] }, stepsPerEpoch: number): number {
  const limits = stopping.flatMap((rule) => stoppingRegistry.get(rule.type)?.steps?.(rule) ?? [])
  return Math.min(epochs * stepsPerEpoch, ...limits)
}
