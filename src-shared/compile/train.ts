import { constraintRegistry } from '@shared/catalog/constraints'
import { applyUpdate } from '@shared/catalog/optimizers'
import { regularizerRegistry } from '@shared/catalog/regularizers'
import { add, concat, gradients, Graph, mul, reduceSum, reshape, type Tensor } from '@shared/graph'
import type { NamedWeight, WeightEntry } from './layout'
import { lowerModel } from './lower'
import type { TrainingPlan } from './plan'
import type { Program, ProgramOutput, StateEntry, StepInput } from './program'
import { ProgramState, type BoundEntry } from './state'

/** One update on `batchSize` rows. Outputs: `loss` (mean over the batch), `penalty` where there is one, and each
 *  metric's sums under `metric/<key>`. */
export function trainProgram(plan: TrainingPlan, batchSize: number): Program {
  return trainingStep(plan, batchSize).program
}

/** A train program together with the tensors inside it that diagnostics look at. */
export interface TrainingStep {
  readonly program: Program
  /** Mean loss of the batch, without penalties. */
  readonly loss: Tensor
  /** What the gradients are taken of. */
  readonly objective: Tensor
  /** Output of every layer, by id. */
  readonly layers: ReadonlyMap<string, Tensor>
  /** A weight by its full name. */
  weight(fullName: string): Tensor
}

export function trainingStep(plan: TrainingPlan, batchSize: number): TrainingStep {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const batch = batchInputs(graph, plan, batchSize)
  const model = lowerModel(plan.model, graph, batch.features, (layer) => state.scope(layer, true))
  const loss = graph.scoped('loss', () => {
    const each = plan.loss.definition.lower(model, batch.targets, plan.data.target, plan.loss.options)
    return mul(reduceSum(each, { axes: [0], keepDims: false }), 1 / batchSize)
  })
  const penalty = graph.scoped('regularization', () => totalPenalty(plan, state))
  const objective = penalty === null ? loss : add(loss, penalty)
  const scalars = optimizerInputs(graph, plan)
  const updated = updateEntries(graph, plan, state.entries, objective, scalars)
  const outputs: ProgramOutput[] = [{ name: 'loss', tensor: loss }]
  if (penalty !== null) outputs.push({ name: 'penalty', tensor: penalty })
  outputs.push(...metricOutputs(graph, plan, model, batch.targets))
  const program: Program = {
    kind: 'train',
    batchSize,
    graph,
    state: [...updated, ...state.statisticEntries()],
    rows: batch.rows,
    steps: [...scalars.values(), ...state.random],
    outputs,
  }
  return { program, loss, objective, layers: model.layers, weight: (fullName) => state.weight(fullName) }
}

/** Sums over `batchSize` rows without learning: `loss` and each metric's sums. */
export function evaluateProgram(plan: TrainingPlan, batchSize: number): Program {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const batch = batchInputs(graph, plan, batchSize)
  const model = lowerModel(plan.model, graph, batch.features, (layer) => state.scope(layer, false))
  const loss = graph.scoped('loss', () =>
    reduceSum(plan.loss.definition.lower(model, batch.targets, plan.data.target, plan.loss.options), { axes: [0], keepDims: false }),
  )
  return {
    kind: 'evaluate',
    batchSize,
    graph,
    state: readOnlyState(state),
    rows: batch.rows,
    steps: [],
    outputs: [{ name: 'loss', tensor: loss }, ...metricOutputs(graph, plan, model, batch.targets)],
  }
}

/** The model's output for `batchSize` rows, under `output`. */
export function predictProgram(plan: Pick<TrainingPlan, 'model' | 'layout' | 'data'>, batchSize: number): Program {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const features = graph.input('features', 'float32', [batchSize, ...plan.data.sample])
  const { output } = lowerModel(plan.model, graph, features, (layer) => state.scope(layer, false))
  return {
    kind: 'predict',
    batchSize,
    graph,
    state: readOnlyState(state),
    rows: [{ table: 'features', tensor: features }],
    steps: [],
    outputs: [{ name: 'output', tensor: output }],
  }
}

function batchInputs(graph: Graph, { data }: TrainingPlan, batchSize: number) {
  const features = graph.input('features', 'float32', [batchSize, ...data.sample])
  const targets =
    data.target.kind === 'class' ? graph.input('targets', 'int32', [batchSize]) : graph.input('targets', 'float32', [batchSize, ...data.target.shape])
  const rows = [{ table: 'features', tensor: features } as const, { table: 'targets', tensor: targets } as const]
  return { features, targets, rows }
}

function metricOutputs(graph: Graph, plan: TrainingPlan, model: Parameters<TrainingPlan['metrics'][number]['definition']['lower']>[0], targets: Tensor): ProgramOutput[] {
  return plan.metrics.map(({ definition, options }) => {
    const key = definition.key(options)
    return graph.scoped(`metric/${key}`, () => ({ name: `metric/${key}`, tensor: definition.lower(model, targets, plan.data.target, options) }))
  })
}

/** Penalties of the layers' own regularizers, of the global one (kernels) and on activities, added up; null where there
 *  is none. */
function totalPenalty(plan: TrainingPlan, state: ProgramState): Tensor | null {
  const terms = plan.layout.weights.flatMap((weight) => regularizersOf(weight, plan).map((chosen) => penaltyOf(state.weight(weight.fullName), chosen)))
  for (const { activity, regularizer } of state.activities) terms.push(mul(penaltyOf(activity, regularizer), 1 / activity.shape[0]))
  return terms.length === 0 ? null : terms.reduce((sum, term) => add(sum, term))
}

function regularizersOf(weight: NamedWeight, { regularization }: TrainingPlan): { readonly type: string }[] {
  const chosen: { readonly type: string }[] = []
  if (weight.regularizer !== undefined) chosen.push(weight.regularizer)
  if (regularization !== null && weight.role === 'kernel') chosen.push(regularization)
  return chosen
}

/** What the update gives, where a constraint allows it. */
function constrained(next: Tensor, { weights: [weight] }: WeightEntry): Tensor {
  if (weight.constraint === undefined) return next
  const definition = constraintRegistry.get(weight.constraint.type)
  if (definition === undefined) throw new Error(`constraint ${weight.constraint.type} is not registered`)
  return definition.project(next, weight.incoming ?? [], weight.constraint)
}

function penaltyOf(weight: Tensor, chosen: { readonly type: string }): Tensor {
  const definition = regularizerRegistry.get(chosen.type)
  if (definition === undefined) throw new Error(`regularizer ${chosen.type} is not registered`)
  return definition.penalty(weight, chosen)
}

function optimizerInputs(graph: Graph, { optimizer }: TrainingPlan): Map<string, StepInput> {
  const names = Object.keys(optimizer.rule.scalars(optimizer.options, { step: 1, learningRate: optimizer.learningRate }))
  return new Map(
    names.map((scalar) => {
      const name = `optimizer/${scalar}`
      const tensor = graph.input(name, 'float32', [])
      return [scalar, { name, dtype: 'float32', shape: [], tensor, source: { kind: 'optimizer', scalar } }]
    }),
  )
}

/** Gradients and the optimizer's update of every entry; its slots become entries of their own, `<slot>/<entry>`. */
function updateEntries(
  graph: Graph,
  plan: TrainingPlan,
  entries: readonly BoundEntry[],
  objective: Tensor,
  inputs: ReadonlyMap<string, StepInput>,
): StateEntry[] {
  const weights = entries.flatMap((bound) => bound.weights)
  const slopes = graph.scoped('gradient', () => gradients(objective, weights))
  const slopeOf = new Map(weights.map((weight, index) => [weight, slopes[index]]))
  const scalars = Object.fromEntries([...inputs].map(([name, { tensor }]) => [name, tensor]))
  return entries.flatMap((bound) => {
    const gradient = flatten(bound.weights.map((weight) => slopeOf.get(weight) as Tensor))
    return graph.scoped(`optimizer/${bound.entry.name}`, () => updateEntry(graph, plan, bound, gradient, scalars))
  })
}

function updateEntry(graph: Graph, { optimizer }: TrainingPlan, bound: BoundEntry, gradient: Tensor, scalars: Readonly<Record<string, Tensor>>): StateEntry[] {
  const { entry, tensor } = bound
  const named = optimizer.rule.slots(optimizer.options).map(({ name }) => [name, graph.input(`state/${name}/${entry.name}`, 'float32', entry.shape)] as const)
  const after = applyUpdate({ weight: tensor, gradient, slots: Object.fromEntries(named), scalars }, optimizer, { decays: entry.decays })
  const slots = named.map(([slot, placeholder]): StateEntry => ({
    name: `${slot}/${entry.name}`,
    shape: entry.shape,
    views: entry.views.map((view) => ({ ...view, name: `${slot}/${view.name}` })),
    tensor: placeholder,
    next: after.slots[slot],
  }))
  return [{ name: entry.name, shape: entry.shape, views: entry.views, tensor, next: constrained(after.weight, entry) }, ...slots]
}

/** One gradient as it is; several as one flat vector in entry order. */
function flatten(slopes: readonly Tensor[]): Tensor {
  if (slopes.length === 1) return slopes[0]
  return concat(slopes.map((slope) => reshape(slope, [slope.shape.reduce((size, extent) => size * extent, 1)])), 0)
}

/** Weights and statistics as evaluation reads them. */
function readOnlyState(state: ProgramState): StateEntry[] {
  const weights = state.entries.map(({ entry, tensor }): StateEntry => ({ name: entry.name, shape: entry.shape, views: entry.views, tensor, next: null }))
  return [...weights, ...state.statisticEntries()]
}
