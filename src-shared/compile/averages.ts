import { add, mul, type Graph, type Tensor } from '@shared/graph'
import { AVERAGE, type TrainingPlan } from './plan'
import type { StateEntry, StepInput } from './program'

/** The step inputs that averaged weights are mixed by: what stays, and what enters; none without averaging. */
export function averagingInputs(graph: Graph, { averaging }: TrainingPlan): readonly StepInput[] {
  if (averaging === null) return []
  return (['keep', 'enter'] as const).map((part) => {
    const name = `average/${part}`
    return { name, dtype: 'float32', shape: [], tensor: graph.input(name, 'float32', []), source: { kind: 'average', part } }
  })
}

/** The averages of entries, each beside its own: keep · average + enter · value after the step. */
export function averagesOf(graph: Graph, entries: readonly StateEntry[], inputs: readonly StepInput[]): StateEntry[] {
  if (inputs.length === 0) return []
  const [keep, enter] = inputs.map(({ tensor }) => tensor)
  return graph.scoped('averaging', () => entries.map((entry) => averageOf(graph, entry, keep, enter)))
}

function averageOf(graph: Graph, { name, shape, views, tensor, next }: StateEntry, keep: Tensor, enter: Tensor): StateEntry {
  const average = graph.input(`state/${AVERAGE}${name}`, 'float32', shape)
  return {
    name: `${AVERAGE}${name}`,
    shape,
    views: views.map((view) => ({ ...view, name: `${AVERAGE}${view.name}` })),
    tensor: average,
    next: add(mul(average, keep), mul(next ?? tensor, enter)),
  }
}
