import { add, mul } from '@shared/graph'
import type { Dialect, DialectRule, OptimizerDefinition, StepContext, UpdateInputs, UpdateOutputs } from './optimizer'
import type { ResolvedOptimizer } from './resolve'

/**
 * Where weight decay acts, for decay λ, rate η and base rate η₀:
 * - `coupled` (PyTorch, textbook): g ← g + λw before the rule, so that moments see it; 2 passes
 * - `decoupled` (Keras; AdamW in Keras and PyTorch): w ← (1 − ηλ)w, then the rule on the same gradient; 1 pass
 * - `schedule` (AdamW as published): w ← (1 − (η/η₀)λ)w: the schedule scales decay, the base rate does not; 1 pass
 */
export type DecayMode = 'coupled' | 'decoupled' | 'schedule'

/** LaTeX of each mode. */
export const decayFormula: Readonly<Record<DecayMode, string>> = {
  coupled: String.raw`g \leftarrow g + \lambda w`,
  decoupled: String.raw`w \leftarrow (1 - \eta \lambda) w`,
  schedule: String.raw`w \leftarrow \left(1 - \tfrac{\eta}{\eta_0} \lambda\right) w`,
}

type DecaySettings = Pick<ResolvedOptimizer, 'decay' | 'weightDecay' | 'learningRate'>

export function decayMode(definition: OptimizerDefinition, dialect: Dialect): DecayMode {
  if (definition.weightDecay === 'decoupled') return dialect === 'textbook' ? 'schedule' : 'decoupled'
  return dialect === 'keras' ? 'decoupled' : 'coupled'
}

/** Name of the scalar that a decoupled decay multiplies weights by. */
const KEEP = 'weightKeep'

/** The rule with the scalars that its weight decay needs. */
export function withDecay(optimizer: DecaySettings & { readonly rule: DialectRule }): DialectRule {
  const { rule, decay, weightDecay } = optimizer
  if (weightDecay === 0 || decay === 'coupled') return rule
  return { ...rule, scalars: (options, step) => ({ ...rule.scalars(options, step), [KEEP]: 1 - shrinkage(optimizer, step) }) }
}

/** Share of a weight that one update takes. */
function shrinkage({ decay, weightDecay, learningRate }: DecaySettings, step: StepContext): number {
  return decay === 'schedule' ? (step.learningRate / learningRate) * weightDecay : step.learningRate * weightDecay
}

/**
 * One update of one weight (or of several, flattened), weight decay included; `decays: false` exempts it (biases,
 * normalization). `inputs.scalars` holds what `optimizer.rule.scalars` names.
 */
export function applyUpdate(inputs: UpdateInputs, optimizer: ResolvedOptimizer, { decays }: { readonly decays: boolean }): UpdateOutputs {
  const { rule, options, weightDecay } = optimizer
  return rule.update(decays && weightDecay !== 0 ? decayed(inputs, optimizer) : inputs, options)
}

function decayed(inputs: UpdateInputs, { decay, weightDecay }: DecaySettings): UpdateInputs {
  const { weight, gradient, scalars } = inputs
  switch (decay) {
    case 'coupled':
      return { ...inputs, gradient: add(gradient, mul(weight, weightDecay)) }
    case 'decoupled':
    case 'schedule':
      return { ...inputs, weight: mul(weight, scalars[KEEP]) }
  }
}
