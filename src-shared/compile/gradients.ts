import { normOf } from '@shared/catalog/clipping'
import { normalNoise } from '@shared/catalog/layers/parts/normal-noise'
import { add, mul, type Graph, type Tensor } from '@shared/graph'
import type { NamedWeight } from './layout'
import type { GradientPlan, TrainingPlan } from './plan'
import type { ProgramOutput, StepInput } from './program'
import type { ProgramState } from './state'

export interface WeightSlope {
  readonly named: NamedWeight
  readonly weight: Tensor
  readonly gradient: Tensor
}

/** Gradients after clipping, in the same order, and what is reported of them. */
export function clipSlopes(graph: Graph, { gradients: { clip, reportNorm }, model }: TrainingPlan, slopes: readonly WeightSlope[]): { readonly slopes: readonly Tensor[]; readonly outputs: readonly ProgramOutput[] } {
  const gradients = slopes.map(({ gradient }) => gradient)
  return graph.scoped('clipping', () => ({
    outputs: reportNorm && gradients.length > 0 ? [{ name: 'gradientNorm', tensor: normOf(gradients) }] : [],
    slopes: clip === null || gradients.length === 0 ? gradients : clip.definition.clip(slopes.map(({ named, weight, gradient }) => ({ weight, gradient, ofOutput: named.layer === model.output })), clip.options),
  }))
}

/** The step input that gradient noise is scaled by; null where there is none. */
export function noiseInput(graph: Graph, { noise }: GradientPlan): StepInput | null {
  if (noise === null) return null
  const name = 'gradientNoise'
  return { name, dtype: 'float32', shape: [], tensor: graph.input(name, 'float32', []), source: { kind: 'gradientNoise', ...noise } }
}

/** A gradient of an entry with noise of its own. */
export function withNoise(state: ProgramState, entry: string, gradient: Tensor, deviation: Tensor): Tensor {
  const noise = normalNoise({ randomBits: (shape) => state.random.bits(`gradientNoise/${entry}`, shape) }, gradient.shape)
  return add(gradient, mul(noise, deviation))
}
