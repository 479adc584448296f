import { argMax, cast, greater, reshape, sizeOf, type Shape, type Tensor } from '@shared/graph'
import type { ModelOutput, TargetInfo } from '../../losses/loss'
import type { Misfit } from '../../losses/parts/targets'

/** Class metrics need labels, and one output per class or one output for two classes. */
export function classesMisfit(target: TargetInfo, outputShape: Shape): Misfit {
  if (target.kind !== 'class') return { code: 'metric-needs-classes', args: { names: target.names.join(', ') } }
  const outputs = sizeOf(outputShape)
  const fits = outputShape.length <= 1 && (outputs === target.classes || (outputs === 1 && target.classes === 2))
  return fits ? null : { code: 'metric-outputs', args: { outputs: `[${outputShape.join(', ')}]`, classes: target.classes } }
}

/** The tensor whose largest element is the predicted class; the logits where there are some, since softmax keeps order. */
export function scoresOf({ output, logits }: ModelOutput): Tensor {
  return logits?.activation === 'softmax' ? logits.tensor : output
}

/** Predicted class of every sample, int32 `[batch]`; a single output means class 1 above `threshold`. */
export function predictedClasses(model: ModelOutput, threshold: number): Tensor {
  const batch = model.output.shape[0]
  if (sizeOf(model.output.shape) > batch) return argMax(scoresOf(model), { axis: 1 })
  return cast(greater(reshape(model.output, [batch]), threshold), 'int32')
}
