import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { indent, python } from '../python/literal'
import { identifiers } from '../python/names'
import { TorchContext, type Node, type TorchValue, type TorchWeight } from './context'
import { HELPERS } from './helpers'
import { TORCH_FORMS } from './layers'
import { frozenLayers, layerOf } from '../training/groups'
import { penaltyOf } from '../training/penalties'

/** The model as a class in Python, with the names and shapes of its `state_dict`. */
export interface TorchModel {
  readonly helpers: readonly string[]
  readonly code: string
  readonly weights: readonly TorchWeight[]
  /** Whether `model.activity` holds a penalty on what layers gave. */
  readonly penalizesActivity: boolean
  /** Modules that use and keep their running statistics once so many updates were made. */
  readonly still: readonly { readonly module: string; readonly after: number }[]
}

/**
 * The model as `class Model(nn.Module)`. `logitsOf`: the node whose final activation the loss computes; `training`: with
 * initial values. Throws an `IssueError` that names the layer where there is no form.
 */
export function lowerPytorch(plan: TrainingPlan, { logitsOf = null, training }: { readonly logitsOf?: string | null; readonly training: boolean }): TorchModel {
  const { model } = plan
  const context = new TorchContext(plan, identifiers(model.nodes.map(({ node }) => node.id)), logitsOf, training)
  const values = new Map<string, TorchValue>()
  const activities: string[] = []
  for (const { node, inputs, shape } of model.nodes) {
    if (node.type === 'input') {
      values.set(node.id, { name: 'x', shape })
      continue
    }
    const form = TORCH_FORMS.get(node.type) ?? refuse('export-layer-unsupported', [], { node: node.id, layer: node.type, format: 'pytorch' })
    const made = form(context, node, inputs.map((id) => known(values, id)), shape)
    values.set(node.id, made)
    if (training && node.activityRegularizer !== undefined) activities.push(activityPenalty(context, node, made))
  }
  if (activities.length > 0) {
    context.statements.unshift('self.activity = 0.0')
    context.members.push('self.activity = 0.0')
  }
  const frozen = frozenLayers(plan)
  const members = [...context.members, ...(training ? [...context.starts, ...modulesOf(context, (layer) => frozen.has(layer)).map((module) => `self.${module}.requires_grad_(False)`)] : [])]
  return {
    helpers: [...context.helpers].map((name) => HELPERS[name]),
    weights: context.weights,
    penalizesActivity: activities.length > 0,
    still: stillModules(plan, context, frozen),
    code: `class Model(nn.Module):
    def __init__(self):
        super().__init__()
${indent(members.join('\n'), 2)}

    def forward(self, x):
${indent([...context.statements, `return ${known(values, model.output).name}`].join('\n'), 2)}`,
  }
}

/** Modules that hold the weights of some layers. */
function modulesOf({ weights }: TorchContext, wanted: (layer: string) => boolean): string[] {
  return [...new Set(weights.flatMap(({ name, source }) => (source !== null && wanted(layerOf(source)) ? [name.split('.')[0]] : [])))]
}

function stillModules({ model, layout }: TrainingPlan, context: TorchContext, frozen: ReadonlySet<string>): TorchModel['still'] {
  const measuring = new Set(layout.statistics.map(({ fullName }) => layerOf(fullName)))
  return model.nodes.flatMap(({ node }) => {
    if (!measuring.has(node.id) || (!frozen.has(node.id) && node.freezeAfter === undefined)) return []
    return modulesOf(context, (layer) => layer === node.id).map((module) => ({ module, after: frozen.has(node.id) ? 0 : Number(node.freezeAfter) }))
  })
}

/** Adds the penalty on what a layer gave; returns the statement. */
function activityPenalty(context: TorchContext, node: Node, { name }: TorchValue): string {
  if (context.logitsOf === node.id) return refuse('export-activity-of-logits', [], { node: node.id })
  const { l1, l2 } = penaltyOf(node.activityRegularizer as Parameters<typeof penaltyOf>[0])
  const terms = [...(l1 === 0 ? [] : [`${python(l1)} * ${name}.abs().sum()`]), ...(l2 === 0 ? [] : [`${python(l2)} * ${name}.square().sum()`])]
  const statement = `self.activity = self.activity + (${terms.length === 0 ? '0.0' : terms.join(' + ')}) / len(${name})`
  context.statements.push(statement)
  return statement
}

function known(values: ReadonlyMap<string, TorchValue>, id: string): TorchValue {
  const found = values.get(id)
  if (found === undefined) throw new Error(`layer ${id} is used before it is made`)
  return found
}
