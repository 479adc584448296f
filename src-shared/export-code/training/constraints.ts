import type { TrainingPlan } from '@shared/compile'
import type { NamedWeight } from '@shared/compile/layout'
import { refuse } from '@shared/spec/issue'
import { call, Code, python } from '../python/literal'
import type { TorchWeight } from '../pytorch/context'
import { frozenLayers } from './groups'

type Options = Readonly<Record<string, unknown>>

/** Axes of a unit's incoming weights in each framework's layout of the kernel, by type of layer. */
const AXES: Readonly<Record<string, { readonly keras: number | readonly number[]; readonly pytorch: readonly number[] }>> = {
  dense: { keras: 0, pytorch: [1] },
  conv1d: { keras: [0, 1], pytorch: [1, 2] },
  conv2d: { keras: [0, 1, 2], pytorch: [1, 2, 3] },
  depthwiseConv2d: { keras: [0, 1], pytorch: [1, 2, 3] },
  conv2dTranspose: { keras: [0, 1, 3], pytorch: [0, 2, 3] },
}
const BIAS = { keras: 0, pytorch: [0] } as const

function axesOf({ role, name, layer, constraint }: NamedWeight, type: string) {
  if (role === 'bias') return BIAS
  return AXES[type] ?? refuse('export-constraint-unsupported', [], { node: layer, layer: type, weight: name, constraint: constraint?.type ?? '' })
}

/** `keras.constraints.MaxNorm(2, axis=0)`; null where the weight has none. */
export function kerasConstraint(weight: NamedWeight, type: string): Code | null {
  if (weight.constraint === undefined) return null
  const options = weight.constraint as Options & { readonly type: string }
  const { keras: axis } = axesOf(weight, type)
  switch (options.type) {
    case 'maxNorm':
      return new Code(call('keras.constraints.MaxNorm', [Number(options.maximum)], { axis }))
    case 'unitNorm':
      return new Code(call('keras.constraints.UnitNorm', [], { axis }))
    case 'minMaxNorm':
      return new Code(call('keras.constraints.MinMaxNorm', [Number(options.minimum), Number(options.maximum)], { rate: Number(options.rate), axis }))
    case 'nonNegative':
      return new Code('keras.constraints.NonNeg()')
    default:
      throw new Error(`no Keras form of the constraint ${options.type}`)
  }
}

/** Lines of `constrain(model)` in PyTorch; none where nothing is constrained. */
export function pytorchConstraints({ layout, model }: TrainingPlan, weights: readonly TorchWeight[]): readonly string[] {
  const types = new Map(model.nodes.map(({ node }) => [node.id, node.type]))
  const frozen = frozenLayers({ layout })
  return layout.weights.flatMap((weight) => {
    if (weight.constraint === undefined || frozen.has(weight.layer)) return []
    const axes = python(axesOf(weight, types.get(weight.layer) ?? '').pytorch)
    const name = `model.${weights.find(({ source }) => source === weight.fullName)?.name ?? weight.fullName}`
    return [`${name}.copy_(${projected(name, weight.constraint as Options & { readonly type: string }, axes)})`]
  })
}

function projected(name: string, options: Options & { readonly type: string }, axes: string): string {
  const norm = `torch.linalg.vector_norm(${name}, dim=${axes}, keepdim=True)`
  switch (options.type) {
    case 'maxNorm':
      return `${name} * (${norm}.clamp(max=${python(Number(options.maximum))}) / (1e-7 + ${norm}))`
    case 'unitNorm':
      return `${name} / (1e-7 + ${norm})`
    case 'minMaxNorm': {
      const [least, most, rate] = [options.minimum, options.maximum, options.rate].map((each) => python(Number(each)))
      return `${name} * ((${rate} * ${norm}.clamp(${least}, ${most}) + (1 - ${rate}) * ${norm}) / (1e-7 + ${norm}))`
    }
    case 'nonNegative':
      return `${name}.clamp(min=0)`
    default:
      throw new Error(`no PyTorch form of the constraint ${options.type}`)
  }
}
