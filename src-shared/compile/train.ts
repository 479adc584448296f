import { constraintRegistry } from '@shared/catalog/constraints'
import { applyUpdate, type UpdateInputs } from '@shared/catalog/optimizers'
import { metricSums, sampleLosses, type ModelOutput, type TargetInfo } from '@shared/catalog/losses'
import { regularizerRegistry } from '@shared/catalog/regularizers'
import { add, concat, gradients, Graph, mul, reduceSum, reshape, sigmoid, sizeOf, softmax, type Tensor } from '@shared/graph'
import { augmentBatch } from './augment'
import { averagesOf, averagingInputs } from './averages'
import { batchInputs, joinOutputs, partsOf, trainingInputs, type Rows } from './batch'
import { distillationLoss, logitsOf } from './distillation'
import { featureLoss, type FeaturePlan } from './feature'
import { clipSlopes, noiseInput, withNoise } from './gradients'
import type { NamedWeight, WeightEntry } from './layout'
import { lowerModel, type LoweredModel } from './lower'
import { AVERAGE, trainingLayout, type AveragingPlan, type TrainingPlan } from './plan'
import type { Program, ProgramOutput, StateEntry, StepInput } from './program'
import { ProgramState, type BoundEntry } from './state'

/** Input of {@link sampleProgram}: float32 `[1, …sample]`. */
export const SAMPLE = 'sample'

/** One update on `batchSize` rows, augmented. Outputs: `loss` (mean over the batch), `penalty`, `distillation` (T²·KL,
 *  mean), `feature` (the matched layers' distance, mean) and `gradientNorm` where asked for, and each metric's sums under `metric/<key>`. */
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
  /** Output of every layer, by id, for the first part of the batch. */
  readonly layers: ReadonlyMap<string, Tensor>
  /** A weight by its full name. */
  weight(fullName: string): Tensor
}

export function trainingStep(plan: TrainingPlan, batchSize: number): TrainingStep {
  const graph = new Graph()
  const slots = new SlotInputs(graph, plan)
  const { point } = plan.optimizer.rule
  const early = point === undefined ? null : optimizerInputs(graph, plan)
  const looked = (entry: WeightEntry, weight: Tensor): Tensor => point?.({ weight, slots: slots.of(entry), scalars: tensorsOf(early ?? new Map()) }, plan.optimizer.options) ?? weight
  const state = new ProgramState(graph, trainingLayout(plan), looked)
  const batch = trainingInputs(graph, plan, batchSize)
  const seen = graph.scoped('augmentation', () => augmentBatch(plan.augmentation, state.random, { ...batch, info: plan.data.target }, sizeOf(plan.model.outputShape)))
  const [first, ...others] = partsOf({ ...seen, teacher: batch.teacher, feature: batch.feature }, plan.gradients.parts).map((part, index) => () => forward(graph, plan, state, part, { index, batchSize, info: seen.info }))
  const weights = state.entries.flatMap((bound) => (bound.entry.frozen ? [] : bound.weights))
  const slopesOf = (objective: Tensor): readonly Tensor[] => graph.scoped('gradient', () => gradients(objective, weights))
  const begun = first()
  const scalars = early ?? optimizerInputs(graph, plan)
  let [{ loss, penalty, distillation, feature, objective }, slopes] = [begun, slopesOf(begun.objective)]
  const models = [begun.model]
  // Each part's gradients before the next part, so that its intermediate values need not be kept.
  for (const next of others) {
    const part = next()
    const more = slopesOf(part.objective)
    slopes = slopes.map((slope, index) => add(slope, more[index]))
    penalty = penalty === null || part.penalty === null ? penalty : add(penalty, part.penalty)
    distillation = distillation === null || part.distillation === null ? distillation : add(distillation, part.distillation)
    feature = feature === null || part.feature === null ? feature : add(feature, part.feature)
    loss = add(loss, part.loss)
    objective = add(objective, part.objective)
    models.push(part.model)
  }
  const updated = updateEntries(graph, plan, state, { slopes, slots }, scalars)
  const statistics = state.statisticEntries()
  const mixing = averagingInputs(graph, plan)
  const averages = averagesOf(graph, [...updated.entries.filter(({ name }) => updated.weights.has(name)), ...(plan.averaging?.statistics === true ? statistics : [])], mixing)
  const outputs: ProgramOutput[] = [{ name: 'loss', tensor: loss }]
  if (penalty !== null) outputs.push({ name: 'penalty', tensor: penalty })
  if (distillation !== null) outputs.push({ name: 'distillation', tensor: distillation })
  if (feature !== null) outputs.push({ name: 'feature', tensor: feature })
  outputs.push(...updated.outputs, ...state.reports, ...metricOutputs(graph, plan, joinOutputs(models), batch.targets))
  const program: Program = {
    kind: 'train',
    batchSize,
    graph,
    state: [...updated.entries, ...statistics, ...averages],
    rows: batch.rows,
    steps: [...updated.steps, ...mixing, ...state.random.inputs],
    outputs,
  }
  return { program, loss, objective, layers: begun.model.layers, weight: (fullName) => state.weight(fullName) }
}

/** A part of the batch: the model's answers, and what it adds to the batch's mean loss and penalty. */
interface Forward {
  readonly model: LoweredModel
  readonly loss: Tensor
  readonly penalty: Tensor | null
  /** T²·KL(teacher ‖ student), the part's share of the batch's mean; null where nobody teaches. */
  readonly distillation: Tensor | null
  /** Distance of the matched layers, likewise; null where none are. */
  readonly feature: Tensor | null
  readonly objective: Tensor
}

function forward(graph: Graph, plan: TrainingPlan, state: ProgramState, part: Rows, { index, batchSize, info }: { readonly index: number; readonly batchSize: number; readonly info: TargetInfo }): Forward {
  const before = state.activities.length
  const model = lowerModel(plan.model, graph, part.features, (layer) => state.scope(layer, !keepsStatistics(plan, layer), index))
  const loss = graph.scoped('loss', () => {
    const each = sampleLosses(plan.loss.definition, model, part.targets, info, plan.loss.options)
    return mul(reduceSum(each, { axes: [0], keepDims: false }), 1 / batchSize)
  })
  const share = part.features.shape[0] / batchSize
  const penalty = graph.scoped('regularization', () => sum([...(index === 0 ? weightPenalties(plan, state) : []), ...activityPenalties(state.activities.slice(before), share)]))
  const distillation = graph.scoped('distillation', () => distilled(plan, model, part, batchSize))
  const taught = plan.distillation === null || distillation === null ? loss : add(mul(loss, plan.distillation.alpha), mul(distillation, 1 - plan.distillation.alpha))
  const [matched, teacher] = [plan.distillation?.feature ?? null, part.feature]
  const feature = matched === null || teacher === undefined ? null : graph.scoped('distillation', () => matchedFeature(matched, state, model, { teacher, batchSize }))
  const wanted = matched === null || feature === null ? taught : add(taught, mul(feature, matched.beta))
  return { model, loss, penalty, distillation, feature, objective: penalty === null ? wanted : add(wanted, penalty) }
}

function matchedFeature({ layer, matching, regressor }: FeaturePlan, state: ProgramState, { layers }: LoweredModel, { teacher, batchSize }: { readonly teacher: Tensor; readonly batchSize: number }): Tensor {
  const student = layers.get(layer)
  if (student === undefined) throw new Error(`layer ${layer} was to be matched and is not in the model`)
  const each = featureLoss(matching, student, teacher, regressor.map(({ name }) => state.weight(name)))
  return mul(reduceSum(each, { axes: [0], keepDims: false }), 1 / batchSize)
}

function distilled({ distillation }: TrainingPlan, model: ModelOutput, { teacher }: Rows, batchSize: number): Tensor | null {
  if (distillation === null || teacher === undefined) return null
  const each = distillationLoss(logitsOf(model), teacher, distillation.temperature)
  return mul(reduceSum(each, { axes: [0], keepDims: false }), 1 / batchSize)
}

function sum(terms: readonly Tensor[]): Tensor | null {
  return terms.length === 0 ? null : terms.reduce((total, term) => add(total, term))
}

/** Sums over `batchSize` rows without learning: `loss` and each metric's sums. */
export function evaluateProgram(plan: TrainingPlan, batchSize: number): Program {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const batch = batchInputs(graph, plan, batchSize)
  const model = lowerModel(plan.model, graph, batch.features, (layer) => state.scope(layer, false))
  const loss = graph.scoped('loss', () =>
    reduceSum(sampleLosses(plan.loss.definition, model, batch.targets, plan.data.target, plan.loss.options), { axes: [0], keepDims: false }),
  )
  return {
    kind: 'evaluate',
    batchSize,
    graph,
    state: readOnlyState(state, plan.averaging),
    rows: batch.rows,
    steps: [],
    outputs: [{ name: 'loss', tensor: loss }, ...metricOutputs(graph, plan, model, batch.targets)],
  }
}

/** The model's output for `batchSize` rows, under `output`. */
export function predictProgram(plan: Pick<TrainingPlan, 'model' | 'layout' | 'data' | 'averaging'>, batchSize: number): Program {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const features = graph.input('features', 'float32', [batchSize, ...plan.data.sample])
  const { output } = lowerModel(plan.model, graph, features, (layer) => state.scope(layer, false))
  return {
    kind: 'predict',
    batchSize,
    graph,
    state: readOnlyState(state, plan.averaging),
    rows: [{ table: 'features', tensor: features }],
    steps: [],
    outputs: [{ name: 'output', tensor: output }],
  }
}

/** As {@link predictProgram}, for one sample that stands in no table: it is fed as the input {@link SAMPLE}. */
export function sampleProgram(plan: Pick<TrainingPlan, 'model' | 'layout' | 'data' | 'averaging'>): Program {
  const program = predictProgram(plan, 1)
  const [{ tensor }] = program.rows
  return { ...program, rows: [], steps: [{ name: SAMPLE, dtype: 'float32', shape: tensor.shape, tensor, source: { kind: 'given' } }] }
}

/** What a teacher says of `batchSize` rows: scores before the final softmax under `output`, and what `layer` gives under `feature`. */
export function logitsProgram(plan: Pick<TrainingPlan, 'model' | 'layout' | 'data' | 'averaging'>, batchSize: number, layer: string | null = null): Program {
  const graph = new Graph()
  const state = new ProgramState(graph, plan.layout)
  const features = graph.input('features', 'float32', [batchSize, ...plan.data.sample])
  const model = lowerModel(plan.model, graph, features, (node) => state.scope(node, false))
  const feature = layer === null ? undefined : model.layers.get(layer)
  const outputs = [{ name: 'output', tensor: logitsOf(model) }, ...(feature === undefined ? [] : [{ name: 'feature', tensor: feature }])]
  return { kind: 'predict', batchSize, graph, state: readOnlyState(state, plan.averaging), rows: [{ table: 'features', tensor: features }], steps: [], outputs }
}

/** What metrics see: of outputs that the loss takes for logits, their probabilities. */
function probable(graph: Graph, { loss: { definition, options } }: TrainingPlan, model: ModelOutput): ModelOutput {
  const { activation } = definition
  if (activation === undefined || model.logits?.activation === activation || options.fromLogits !== true) return model
  const output = graph.scoped('probabilities', () => (activation === 'softmax' ? softmax(model.output) : sigmoid(model.output)))
  return { output, logits: { tensor: model.output, activation } }
}

function metricOutputs(graph: Graph, plan: TrainingPlan, answered: ModelOutput, targets: Tensor): ProgramOutput[] {
  const model = probable(graph, plan, answered)
  return plan.metrics.map(({ definition, options }) => {
    const key = definition.key(options)
    return graph.scoped(`metric/${key}`, () => ({ name: `metric/${key}`, tensor: metricSums(definition, model, targets, plan.data.target, options) }))
  })
}

/** Penalties of the layers' own regularizers and of the global one (kernels). */
function weightPenalties(plan: TrainingPlan, state: ProgramState): Tensor[] {
  return plan.layout.weights.flatMap((weight) => regularizersOf(weight, plan).map((chosen) => penaltyOf(state.weight(weight.fullName), chosen)))
}

/** Penalties on activities of a part that holds this share of the batch's rows. */
function activityPenalties(activities: ProgramState['activities'], share: number): Tensor[] {
  return activities.map(({ activity, regularizer }) => mul(penaltyOf(activity, regularizer), share / activity.shape[0]))
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

/** The optimizer's scalars, of weights whose rate is multiplied by a factor. */
function optimizerInputs(graph: Graph, { optimizer, cyclesMomentum }: TrainingPlan, rateFactor = 1): Map<string, StepInput> {
  const names = Object.keys(optimizer.rule.scalars(optimizer.options, { step: 1, learningRate: optimizer.learningRate, ...(cyclesMomentum ? { momentum: 0 } : {}) }))
  return new Map(
    names.map((scalar) => {
      const name = rateFactor === 1 ? `optimizer/${scalar}` : `optimizer/${scalar}/x${rateFactor}`
      const tensor = graph.input(name, 'float32', [])
      return [scalar, { name, dtype: 'float32', shape: [], tensor, source: { kind: 'optimizer', scalar, ...(rateFactor === 1 ? {} : { rateFactor }) } }]
    }),
  )
}

/** Whether a layer is frozen that has statistics: it then uses those that it has. */
function keepsStatistics({ layout }: TrainingPlan, layer: string): boolean {
  return layout.statistics.some((statistic) => statistic.frozen && statistic.layer === layer)
}

/** The optimizer's update of every entry from its gradients; slots become entries of their own, `<slot>/<entry>`. */
function updateEntries(
  graph: Graph,
  plan: TrainingPlan,
  state: ProgramState,
  { slopes, slots }: { readonly slopes: readonly Tensor[]; readonly slots: SlotInputs },
  inputs: ReadonlyMap<string, StepInput>,
): { readonly entries: readonly StateEntry[]; readonly weights: ReadonlySet<string>; readonly outputs: readonly ProgramOutput[]; readonly steps: readonly StepInput[] } {
  const moving = state.entries.filter(({ entry }) => !entry.frozen)
  const flat = moving.flatMap(({ entry, weights }) => weights.map((weight, index) => ({ named: entry.weights[index], weight })))
  const clipped = clipSlopes(graph, plan, flat.map((each, index) => ({ ...each, gradient: slopes[index] })))
  const slopeOf = new Map(flat.map(({ weight }, index) => [weight, clipped.slopes[index]]))
  const noise = noiseInput(graph, plan.gradients)
  const byFactor = new Map([[1, inputs]])
  for (const { entry } of moving) if (!byFactor.has(entry.rateFactor)) byFactor.set(entry.rateFactor, optimizerInputs(graph, plan, entry.rateFactor))
  const entries = state.entries.flatMap((bound) => {
    if (bound.entry.frozen) return [unchanged(bound)]
    const scalars = tensorsOf(byFactor.get(bound.entry.rateFactor) ?? inputs)
    const gradient = flatten(bound.weights.map((weight) => slopeOf.get(weight) as Tensor))
    const { name } = bound.entry
    const noisy = noise === null ? gradient : graph.scoped('gradientNoise', () => withNoise(state, name, gradient, noise.tensor))
    return graph.scoped(`optimizer/${name}`, () => updateEntry(plan, bound, noisy, { scalars, slots: slots.of(bound.entry) }))
  })
  return { entries, weights: new Set(state.entries.map(({ entry }) => entry.name)), outputs: clipped.outputs, steps: [...[...byFactor.values()].flatMap((scalars) => [...scalars.values()]), ...(noise === null ? [] : [noise])] }
}

/** Placeholders of the optimizer's slots, made where they are first asked for. */
class SlotInputs {
  readonly #made = new Map<string, Readonly<Record<string, Tensor>>>()

  constructor(
    private readonly graph: Graph,
    private readonly plan: TrainingPlan,
  ) {}

  of({ name: entry, shape }: WeightEntry): Readonly<Record<string, Tensor>> {
    const known = this.#made.get(entry)
    if (known !== undefined) return known
    const { rule, options } = this.plan.optimizer
    const made = Object.fromEntries(rule.slots(options).map(({ name }) => [name, this.graph.input(`state/${name}/${entry}`, 'float32', shape)]))
    this.#made.set(entry, made)
    return made
  }
}

function tensorsOf(inputs: ReadonlyMap<string, StepInput>): Readonly<Record<string, Tensor>> {
  return Object.fromEntries([...inputs].map(([name, { tensor }]) => [name, tensor]))
}

/** An entry that training leaves as it is. */
function unchanged({ entry: { name, shape, views }, tensor }: BoundEntry): StateEntry {
  return { name, shape, views, tensor, next: null }
}

function updateEntry({ optimizer }: TrainingPlan, bound: BoundEntry, gradient: Tensor, inputs: Pick<UpdateInputs, 'slots' | 'scalars'>): StateEntry[] {
  const { entry, tensor } = bound
  const after = applyUpdate({ weight: tensor, gradient, ...inputs }, optimizer, { decays: entry.decays })
  const slots = Object.entries(inputs.slots).map(([slot, placeholder]): StateEntry => ({
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

/** Weights and statistics as evaluation reads them: the averaged ones where they are to be used. */
function readOnlyState(state: ProgramState, averaging: AveragingPlan | null): StateEntry[] {
  const weights = state.entries.map(({ entry, tensor }): StateEntry => ({ name: entry.name, shape: entry.shape, views: entry.views, tensor, next: null }))
  if (averaging === null || !averaging.use) return [...weights, ...state.statisticEntries()]
  const averaged = (entry: StateEntry): StateEntry => ({ ...entry, name: `${AVERAGE}${entry.name}` })
  return [...weights.map(averaged), ...(averaging.statistics ? state.statisticEntries().map(averaged) : state.statisticEntries())]
}
