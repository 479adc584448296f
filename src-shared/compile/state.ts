import type { LayerScope } from '@shared/catalog/layers/layer'
import { reshape, sizeOf, slice, type Graph, type Tensor } from '@shared/graph'
import type { ModelLayout, WeightEntry } from './layout'
import type { ProgramOutput, StateEntry } from './program'
import { RandomStreams } from './streams'

/** A weight entry inside a program: the flat placeholder and its weights in their own shapes. */
export interface BoundEntry {
  readonly entry: WeightEntry
  readonly tensor: Tensor
  readonly weights: readonly Tensor[]
}

/** A program's state and random streams while it is being built. */
export class ProgramState {
  readonly entries: readonly BoundEntry[]
  readonly random: RandomStreams
  /** Penalties on what layers give, in training. */
  readonly activities: { readonly activity: Tensor; readonly regularizer: { readonly type: string } }[] = []
  /** What layers record of a step, in training. */
  readonly reports: ProgramOutput[] = []
  readonly #graph: Graph
  readonly #weights = new Map<string, Tensor>()
  readonly #statistics = new Map<string, { readonly tensor: Tensor; next: Tensor | null }>()

  /** `point`: where the model sees an entry's weights; where they are unless given. */
  constructor(graph: Graph, layout: ModelLayout, point: (entry: WeightEntry, tensor: Tensor) => Tensor = (_entry, tensor) => tensor) {
    this.#graph = graph
    this.random = new RandomStreams(graph)
    this.entries = layout.entries.map((entry) => this.#bind(entry, point))
    for (const { fullName, shape } of layout.statistics) {
      this.#statistics.set(fullName, { tensor: graph.input(`state/${fullName}`, 'float32', shape), next: null })
    }
  }

  #bind(entry: WeightEntry, point: (entry: WeightEntry, tensor: Tensor) => Tensor): BoundEntry {
    const tensor = this.#graph.input(`state/${entry.name}`, 'float32', entry.shape)
    const seen = point(entry, tensor)
    const weights = entry.views.map((view) => {
      const whole = entry.views.length === 1
      const weight = whole ? seen : reshape(slice(seen, { starts: [view.offset], sizes: [sizeOf(view.shape)] }), view.shape)
      this.#weights.set(view.name, weight)
      return weight
    })
    return { entry, tensor, weights }
  }

  /** What the layer with this id sees, in the so-manyth part of the batch: statistics go on from the part before. */
  scope(layer: string, training: boolean, part = 0): LayerScope {
    let streams = 0
    return {
      training,
      weight: ({ name }) => found(this.#weights, `${layer}.${name}`),
      statistic: (name) => {
        const { tensor, next } = found(this.#statistics, `${layer}.${name}`)
        return next ?? tensor
      },
      updateStatistic: (name, next) => {
        found(this.#statistics, `${layer}.${name}`).next = next
      },
      step: () => this.random.step(),
      report: (name, value) => {
        if (training && part === 0) this.reports.push({ name: `layer/${layer}.${name}`, tensor: value })
      },
      penalize: (activity, regularizer) => {
        if (training) this.activities.push({ activity, regularizer })
      },
      randomBits: (shape) => this.random.bits(part === 0 ? `${layer}/${streams++}` : `${layer}/${streams++}/part${part}`, shape),
    }
  }

  weight(fullName: string): Tensor {
    return found(this.#weights, fullName)
  }

  statisticEntries(): StateEntry[] {
    return [...this.#statistics].map(([name, { tensor, next }]) => ({
      name,
      shape: tensor.shape,
      views: [{ name, shape: tensor.shape, offset: 0 }],
      tensor,
      next,
    }))
  }
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`${name} was not asked for when the model was surveyed`)
  return value
}
