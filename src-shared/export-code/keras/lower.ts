import type { CheckedModel, TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { frozenLayers, layerOf } from '../training/groups'
import { penaltyOf, type Penalty } from '../training/penalties'
import { INPUT, KerasContext, type Node, type Placed } from './context'
import { ELEMENTWISE, KERAS_FORMS } from './layers'
import { channelsLast } from './layout'
import type { KerasModel, KerasNode, KerasTarget } from './model'

export interface KerasOptions {
  readonly target: KerasTarget
  /** Node whose final activation is left out: the loss computes it. */
  readonly logitsOf?: string | null
  readonly penalties?: ReadonlyMap<string, Penalty>
  /** With what only training adds: penalties on activities, frozen layers. */
  readonly training?: boolean
}

/**
 * The model in Keras's layers. The same numbers in another layout: images channels last, kernels and what follows a
 * flattened image permuted to match. Throws an `IssueError` that names the layer where there is no exact form.
 */
export function lowerKeras(plan: TrainingPlan, { target, logitsOf = null, penalties = new Map<string, Penalty>(), training = false }: KerasOptions): KerasModel {
  const { model } = plan
  const context = new KerasContext(plan, target, penalties, unorderedFlattens(model), logitsOf, training)
  const placed = new Map<string, Placed>()
  for (const { node, inputs, shape } of model.nodes) {
    if (node.type === 'input') {
      placed.set(node.id, { name: INPUT, shape, order: null })
      continue
    }
    const form = KERAS_FORMS.get(node.type) ?? refuse('export-layer-unsupported', [], { node: node.id, layer: node.type, format: target })
    const made = form(context, node, inputs.map((id) => known(placed, id)), shape)
    placed.set(node.id, training ? penalized(context, node, made) : made)
  }
  const [{ shape }] = model.nodes
  const output = known(placed, model.output)
  if (output.order !== null) throw new Error('the output is out of order')
  return { inputShape: channelsLast(shape), outputShape: channelsLast(model.outputShape), nodes: training ? withFrozen(context.nodes, plan) : context.nodes, output: output.name, helpers: context.helpers }
}

/** Layers whose weights and statistics stay as they are say so. */
function withFrozen(nodes: readonly KerasNode[], plan: TrainingPlan): readonly KerasNode[] {
  const frozen = frozenLayers(plan)
  return nodes.map((node) => (node.weights.some(({ source }) => source !== null && frozen.has(layerOf(source))) ? { ...node, training: { ...node.training, trainable: false } } : node))
}

/** What a layer gives, with the penalty on it as a layer of its own. */
function penalized(context: KerasContext, node: Node, made: Placed): Placed {
  if (node.activityRegularizer === undefined) return made
  if (context.logitsOf === node.id) return refuse('export-activity-of-logits', [], { node: node.id })
  const { l1, l2 } = penaltyOf(node.activityRegularizer as Parameters<typeof penaltyOf>[0])
  return { ...made, name: context.layer(`${node.id}_activity`, [made.name], 'ActivityRegularization', { l1, l2 }) }
}

/** Flatten nodes whose elements reach nothing but dense layers: these take them in any order, with their rows to match. */
function unorderedFlattens({ nodes, output }: CheckedModel): ReadonlySet<string> {
  const followers = (id: string) => nodes.filter(({ inputs }) => inputs.includes(id)).map(({ node }) => node)
  const free = (id: string): boolean =>
    id !== output && followers(id).every((node) => node.type === 'dense' || ((ELEMENTWISE.has(node.type) || node.type === 'flatten') && free(node.id)))
  return new Set(nodes.filter(({ node }) => node.type === 'flatten' && free(node.id)).map(({ node }) => node.id))
}

function known(placed: ReadonlyMap<string, Placed>, id: string): Placed {
  const found = placed.get(id)
  if (found === undefined) throw new Error(`layer ${id} is used before it is made`)
  return found
}
