import type { Choice } from '@shared/catalog/choice'
import type { TrainingPlan } from '@shared/compile'
import { sizeOf } from '@shared/graph'

/** How the model's output meets the targets. */
export interface Head {
  /** Node whose final softmax or sigmoid the loss computes, so that the trained model gives logits; null where it does not. */
  readonly logitsOf: string | null
  /** What makes predictions of logits; null where the model's output is the prediction. */
  readonly activation: 'softmax' | 'sigmoid' | null
  /** The loss takes logits: those, or outputs that are said to be logits. */
  readonly fromLogits: boolean
  /** `labels`: class numbers; `oneHot`: a row per sample; `values`: numbers of the output's shape. */
  readonly targets: 'labels' | 'oneHot' | 'values'
  /** A class at every position: outputs are `[rows, positions, …]`, and so are the targets. */
  readonly everywhere: boolean
}

export function headOf(plan: TrainingPlan): Head {
  const { target } = plan.data
  const loss = plan.loss.options as Choice
  const wanted = plan.loss.definition.activation ?? null
  const last = lastOperation(plan)
  const fused = wanted !== null && last.activation === wanted
  const fromLogits = fused || loss.fromLogits === true
  const everywhere = target.kind === 'class' && target.positions !== undefined
  return { logitsOf: fused ? last.node : null, activation: fused ? wanted : null, fromLogits, targets: encoding(plan, loss, fromLogits), everywhere }
}

/** Numbers that the model gives for one sample, or for one position of it where each has a class. */
export function outputsOf({ data: { target }, model }: Pick<TrainingPlan, 'data' | 'model'>): number {
  return sizeOf(model.outputShape) / (target.kind === 'class' ? (target.positions ?? 1) : 1)
}

/** Python that makes predictions of outputs. */
export function activated({ activation }: Pick<Head, 'activation'>, framework: 'keras' | 'pytorch', outputs: string): string {
  if (activation === null) return outputs
  if (framework === 'keras') return `ops.convert_to_numpy(ops.${activation}(${outputs}))`
  return activation === 'softmax' ? `torch.softmax(${outputs}, dim=-1)` : `torch.sigmoid(${outputs})`
}

function encoding(plan: TrainingPlan, { type, labelSmoothing }: Choice, fromLogits: boolean): Head['targets'] {
  const { data, augmentation } = plan
  if (data.target.kind === 'value') return 'values'
  // Mixed targets are no class numbers.
  const mixed = augmentation.chosen.some(({ definition }) => definition.kind === 'mixing')
  // Keras smooths rows of classes, not class numbers.
  if (type === 'categoricalCrossentropy') return fromLogits && Number(labelSmoothing ?? 0) === 0 && !mixed ? 'labels' : 'oneHot'
  return outputsOf(plan) === 1 ? 'values' : 'oneHot'
}

/** The node that last changes values, and its activation; nodes that only pass them on do not count. */
function lastOperation({ model }: TrainingPlan): { readonly node: string; readonly activation: string | null } {
  const byId = new Map(model.nodes.map((placed) => [placed.node.id, placed]))
  for (let id = model.output; ; ) {
    const placed = byId.get(id)
    if (placed === undefined) throw new Error(`layer ${id} is not in the model`)
    const { node, inputs } = placed
    const activation = (node.activation as Choice | undefined)?.type ?? null
    const [from] = inputs
    const passes = (node.type === 'flatten' && byId.get(from)?.shape.length === 1) || (node.type === 'dropout' && node.rate === 0) || (node.type === 'activation' && activation === 'linear')
    if (!passes) return { node: id, activation }
    id = from
  }
}
