import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { indent } from '../python/literal'
import { identifiers } from '../python/names'
import { TorchContext, type TorchValue, type TorchWeight } from './context'
import { HELPERS } from './helpers'
import { TORCH_FORMS } from './layers'

/** The model as a class in Python, with the names and shapes of its `state_dict`. */
export interface TorchModel {
  readonly helpers: readonly string[]
  readonly code: string
  readonly weights: readonly TorchWeight[]
}

/**
 * The model as `class Model(nn.Module)`. `logitsOf`: the node whose final activation the loss computes; `training`: with
 * initial values. Throws an `IssueError` that names the layer where there is no form.
 */
export function lowerPytorch(plan: TrainingPlan, { logitsOf = null, training }: { readonly logitsOf?: string | null; readonly training: boolean }): TorchModel {
  const { model } = plan
  const context = new TorchContext(plan, identifiers(model.nodes.map(({ node }) => node.id)), logitsOf)
  const values = new Map<string, TorchValue>()
  for (const { node, inputs, shape } of model.nodes) {
    if (node.type === 'input') {
      values.set(node.id, { name: 'x', shape })
      continue
    }
    const form = TORCH_FORMS.get(node.type) ?? refuse('export-layer-unsupported', [], { node: node.id, layer: node.type, format: 'pytorch' })
    values.set(node.id, form(context, node, inputs.map((id) => known(values, id)), shape))
  }
  const members = [...context.members, ...(training ? context.starts : [])]
  return {
    helpers: [...context.helpers].map((name) => HELPERS[name]),
    weights: context.weights,
    code: `class Model(nn.Module):
    def __init__(self):
        super().__init__()
${indent(members.join('\n'), 2)}

    def forward(self, x):
${indent([...context.statements, `return ${known(values, model.output).name}`].join('\n'), 2)}`,
  }
}

function known(values: ReadonlyMap<string, TorchValue>, id: string): TorchValue {
  const found = values.get(id)
  if (found === undefined) throw new Error(`layer ${id} is used before it is made`)
  return found
}
