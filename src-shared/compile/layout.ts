import type { LayerScope, WeightRequest } from '@shared/catalog/layers/layer'
import { Graph, sizeOf, type Shape, type Tensor } from '@shared/graph'
import type { StateView } from './program'
import type { CheckedModel } from './model'
import { lowerModel } from './lower'

/** A weight with its full name, `dense1.kernel`. */
export interface NamedWeight extends WeightRequest {
  readonly fullName: string
  /** Id of the layer that asked for it. */
  readonly layer: string
}

export interface NamedStatistic {
  readonly fullName: string
  /** Id of the layer that asked for it. */
  readonly layer: string
  readonly shape: Shape
  readonly initial: number
  /** Whether its layer is frozen, which then uses it and keeps it. */
  readonly frozen: boolean
}

/** Where a weight lives: alone in its entry, or as a view of a shared flat entry. */
export interface WeightEntry {
  /** Entry name: the weight's own, or `packed.0`. */
  readonly name: string
  readonly shape: Shape
  readonly views: readonly StateView[]
  readonly weights: readonly NamedWeight[]
  /** Whether weight decay applies: to kernels only, unless a group says otherwise. */
  readonly decays: boolean
  /** What the learning rate is multiplied by. */
  readonly rateFactor: number
  /** Whether training leaves it as it is: it has no slots then. */
  readonly frozen: boolean
}

/** How the optimizer treats a weight. */
export type WeightSettings = Pick<WeightEntry, 'decays' | 'rateFactor' | 'frozen'>

/** Everything the model keeps between steps, before optimizer slots. The same for any batch size and kind of program. */
export interface ModelLayout {
  readonly weights: readonly NamedWeight[]
  readonly statistics: readonly NamedStatistic[]
  readonly entries: readonly WeightEntry[]
}

/** Weights up to this size share a flat entry: one update for all of them costs one pass of small ops instead of many. */
const PACK_LIMIT = 50_000

/**
 * Lowers the model once into a graph that is thrown away, to learn what state it asks for. With `separateDecay`, weights
 * that decay and weights that do not never share an entry. A weight with a constraint has one of its own.
 */
export function surveyModel(model: CheckedModel, separateDecay: boolean, settingsOf: (weight: Pick<NamedWeight, 'layer' | 'role'>) => WeightSettings): ModelLayout {
  const graph = new Graph()
  const weights: NamedWeight[] = []
  const statistics: NamedStatistic[] = []
  const scopeOf = (layer: string): LayerScope => ({
    training: true,
    weight: (request): Tensor => {
      const fullName = `${layer}.${request.name}`
      weights.push({ ...request, fullName, layer })
      return graph.input(fullName, 'float32', request.shape)
    },
    statistic: (name, shape, initial): Tensor => {
      const fullName = `${layer}.${name}`
      statistics.push({ fullName, layer, shape, initial, frozen: settingsOf({ layer, role: 'norm' }).frozen })
      return graph.input(fullName, 'float32', shape)
    },
    updateStatistic: () => undefined,
    penalize: () => undefined,
    report: () => undefined,
    step: () => graph.scalar(0),
    randomBits: (shape) => graph.input(`${layer}.random${graph.inputs.size}`, 'int32', shape),
  })
  const [first] = model.nodes
  // Two rows: with one, a batch axis could be taken for a broadcast axis.
  lowerModel(model, graph, graph.input('features', 'float32', [2, ...first.shape]), scopeOf)
  return { weights, statistics, entries: packWeights(weights, separateDecay, settingsOf) }
}

function packWeights(weights: readonly NamedWeight[], separateDecay: boolean, settingsOf: (weight: NamedWeight) => WeightSettings): WeightEntry[] {
  const groups = new Map<string, NamedWeight[]>()
  for (const weight of weights) {
    const { decays, rateFactor, frozen } = settingsOf(weight)
    const pack = `${!separateDecay ? 'packed' : decays ? 'packed.kernels' : 'packed.others'}${rateFactor === 1 ? '' : `.x${rateFactor}`}${frozen ? '.frozen' : ''}`
    const shared = weight.constraint !== undefined ? weight.fullName : pack
    const key = sizeOf(weight.shape) > PACK_LIMIT ? weight.fullName : shared
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [weight])
    else group.push(weight)
  }
  return [...groups].map(([name, group]) => entryOf(name, group, settingsOf(group[0])))
}

/** Each weight in an entry of its own. */
export function separateEntries(weights: readonly NamedWeight[], settingsOf: (weight: NamedWeight) => WeightSettings): WeightEntry[] {
  return weights.map((weight) => entryOf(weight.fullName, [weight], settingsOf(weight)))
}

function entryOf(name: string, weights: readonly NamedWeight[], settings: WeightSettings): WeightEntry {
  if (weights.length === 1) {
    const [{ fullName, shape }] = weights
    return { name: fullName, shape, views: [{ name: fullName, shape, offset: 0 }], weights, ...settings }
  }
  let offset = 0
  const views = weights.map(({ fullName, shape }): StateView => {
    const view = { name: fullName, shape, offset }
    offset += sizeOf(shape)
    return view
  })
  return { name, shape: [offset], views, weights, ...settings }
}
