import { augmentationRegistry } from '@shared/catalog/augmentations'
import { averagingRegistry } from '@shared/catalog/averaging'
import { clippingRegistry } from '@shared/catalog/clipping'
import { lossMisfit, lossRegistry, measuredEnd, metricMisfit } from '@shared/catalog/losses'
import { metricRegistry } from '@shared/catalog/metrics'
import { resolveOptimizer, type ResolvedOptimizer } from '@shared/catalog/optimizers'
import { scheduleIssues } from '@shared/catalog/schedules'
import { pictureShape } from '@shared/data/picture-shape'
import type { Shape } from '@shared/graph'
import { GRADIENT_NORM, totalSteps } from '@shared/catalog/stopping'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import type { AugmentationPlan } from './augment'
import { epochLayout } from './batches'
import { distillationIssues, distillationPlan } from './distillation'
import { featureIssues, featurePlan } from './feature'
import { surveyModel, type NamedWeight, type WeightSettings } from './layout'
import { checkModel, type CheckedModel, type DataShape } from './model'
import { scheduleMonitor, stopRules } from './monitors'
import type { AveragingPlan, Chosen, GradientPlan, StopRule, TrainingPlan } from './plan'

/**
 * Checks the document against the data's shapes (and the numbers of rows, where they are known) and prepares
 * everything that programs are built from.
 */
export function buildPlan(document: ExperimentDocument, data: DataShape, trainingRows = Infinity, validationRows = Infinity): Result<TrainingPlan> {
  const checked = checkModel(document.model, data.sample)
  const optimizer = resolveOptimizer(document.training.optimizer)
  const { training } = document
  const loss = choose(lossRegistry, training.loss)
  const metrics = training.metrics.map((metric) => choose(metricRegistry, metric))
  const augmentation = planAugmentation(document, data.sample)
  const stopping = stopRules(document, metrics, validationRows)
  const monitor = scheduleMonitor(document, metrics, validationRows)
  const issues: readonly Issue[] = [
    ...(checked.ok ? trainingIssues(checked.value, data, loss, metrics) : checked.issues),
    ...(optimizer.ok ? lengthIssues(document, optimizer.value.learningRate, trainingRows) : optimizer.issues),
    ...augmentationIssues(augmentation, document, data),
    ...(checked.ok ? distillationIssues(document, checked.value, data, augmentation) : []),
    ...(checked.ok ? featureIssues(document, checked.value, data) : []),
    ...stopping.issues,
    ...(monitor !== null && 'code' in monitor ? [monitor] : []),
    ...(optimizer.ok ? cyclingIssues(document, optimizer.value) : []),
    ...(checked.ok ? groupIssues(document, checked.value) : []),
  ]
  if (!checked.ok || !optimizer.ok || issues.length > 0) return failure(...issues)
  const layout = surveyModel(checked.value, optimizer.value.weightDecay !== 0, (weight) => settingsOf(training, weight))
  if (layout.entries.length > 0 && layout.entries.every(({ frozen }) => frozen)) return failure(issue('training-all-frozen', ['training', 'parameterGroups']))
  return success({
    model: checked.value,
    layout,
    data,
    loss,
    metrics,
    optimizer: optimizer.value,
    augmentation,
    gradients: gradientPlan(training, stopping.rules),
    averaging: averagingPlan(training),
    stopping: stopping.rules,
    // An issue has ended this function above.
    scheduleMonitor: monitor !== null && 'key' in monitor ? monitor : null,
    cyclesMomentum: training.schedule?.momentum !== undefined,
    distillation: distillationPlan(document, featurePlan(document, checked.value, data, (weight) => settingsOf(training, weight))),
    regularization: training.regularization,
  })
}

function settingsOf({ parameterGroups = [] }: ExperimentDocument['training'], { layer, role }: Pick<NamedWeight, 'layer' | 'role'>): WeightSettings {
  const group = parameterGroups.findLast(({ layers }) => layers.includes(layer))
  const decays = group === undefined || group.decay === 'kernels' ? role === 'kernel' : group.decay === 'all'
  return { decays, rateFactor: group?.rateFactor ?? 1, frozen: group?.frozen ?? false }
}

function groupIssues({ training }: ExperimentDocument, model: CheckedModel): readonly Issue[] {
  const known = model.nodes.map(({ node }) => node.id)
  return (training.parameterGroups ?? []).flatMap(({ layers }, group) =>
    layers.flatMap((layer, at) => (known.includes(layer) ? [] : [issue('training-group-unknown-layer', ['training', 'parameterGroups', group, 'layers', at], { layer, known: known.join(', ') })])),
  )
}

function averagingPlan({ averaging }: ExperimentDocument['training']): AveragingPlan | null {
  return averaging === undefined ? null : { ...choose(averagingRegistry, averaging), use: averaging.use === true, statistics: averaging.statistics === 'average' }
}

/** Momentum that a schedule would move must be there. */
function cyclingIssues({ training }: ExperimentDocument, { definition, dialect, rule, options }: ResolvedOptimizer): readonly Issue[] {
  if (training.schedule?.momentum === undefined) return []
  if (rule.cycles !== undefined && Number(options[rule.cycles]) > 0) return []
  return [issue('schedule-momentum-absent', ['training', 'schedule', 'momentum'], { optimizer: definition.type, dialect })]
}

function gradientPlan({ accumulation = 1, gradientClip, gradientNoise }: ExperimentDocument['training'], stopping: readonly StopRule[]): GradientPlan {
  return {
    parts: accumulation,
    clip: gradientClip === undefined ? null : choose(clippingRegistry, gradientClip),
    noise: gradientNoise ?? null,
    reportNorm: gradientClip !== undefined || stopping.some(({ monitor }) => monitor?.key === GRADIENT_NORM),
  }
}

/** What is done to the rows of a training step of the document. */
export function planAugmentation({ dataset, training }: Pick<ExperimentDocument, 'dataset' | 'training'>, sample: Shape): AugmentationPlan {
  const picture = sample.length === 3 ? ([sample[0], sample[1], sample[2]] as const) : pictureShape(sample, dataset)
  return { chosen: training.augmentation.map((each) => choose(augmentationRegistry, each)), picture }
}

function augmentationIssues({ chosen, picture }: AugmentationPlan, { model }: ExperimentDocument, { sample, target }: DataShape): Issue[] {
  const reader = tokenReader(model)
  return chosen.flatMap(({ definition: { kind, type } }, index) => {
    const path = ['training', 'augmentation', index]
    if (reader !== null) return [issue('augmentation-tokens', path, { augmentation: type, node: reader })]
    if (kind === 'mixing') return target.kind === 'class' && target.positions !== undefined ? [issue('augmentation-positions', path, { augmentation: type })] : []
    return kind !== 'values' && picture === null ? [issue('augmentation-needs-picture', path, { augmentation: type, shape: `[${sample.join(', ')}]` })] : []
  })
}

/** The layer that reads the samples' numbers as those of entries: between two of them lies nothing. */
function tokenReader({ nodes, edges }: ExperimentDocument['model']): string | null {
  const inputs = new Set(nodes.flatMap(({ id, type }) => (type === 'input' ? [id] : [])))
  return nodes.find(({ id, type }) => type === 'embedding' && edges.some(([from, to]) => to === id && inputs.has(from)))?.id ?? null
}

/** What only the number of training rows can tell. */
function lengthIssues({ training }: ExperimentDocument, learningRate: number, rows: number): readonly Issue[] {
  if (rows === Infinity) return []
  const { batchSize } = training
  if (batchSize !== 'full' && batchSize > rows) return [issue('training-batch-too-large', ['training', 'batchSize'], { batchSize, rows })]
  const { steps } = epochLayout(rows, batchSize)
  return scheduleIssues(training.schedule, { base: learningRate, totalSteps: totalSteps(training, steps), stepsPerEpoch: steps })
}

function choose<D, O extends { readonly type: string }>(registry: ReadonlyMap<string, D>, options: O): Chosen<D, O> {
  const definition = registry.get(options.type)
  if (definition === undefined) throw new Error(`${options.type} passed validation but is not registered`)
  return { definition, options }
}

function trainingIssues(model: CheckedModel, data: DataShape, loss: TrainingPlan['loss'], metrics: TrainingPlan['metrics']): Issue[] {
  const issues: Issue[] = []
  const end = { activation: lastActivation(model) }
  const wrong = lossMisfit(loss.definition, data.target, model.outputShape, { ...end, options: loss.options })
  if (wrong !== null) issues.push(issue(wrong.code, ['training', 'loss'], { node: model.output, ...wrong.args }))
  const keys = new Set<string>()
  metrics.forEach(({ definition, options }, index) => {
    const problem = metricMisfit(definition, data.target, model.outputShape, { ...measuredEnd(loss.definition, end), options })
    if (problem !== null) issues.push(issue(problem.code, ['training', 'metrics', index], { node: model.output, ...problem.args }))
    const key = definition.key(options)
    if (keys.has(key)) issues.push(issue('training-duplicate-metric', ['training', 'metrics', index], { metric: key }))
    keys.add(key)
  })
  return issues
}

/** The activation that the model ends in, as its last layer names it; null for a layer that has none. */
function lastActivation(model: CheckedModel): string | null {
  const last = model.nodes.find(({ node }) => node.id === model.output)?.node.activation
  if (typeof last === 'string') return last
  return typeof last === 'object' && last !== null && 'type' in last ? String(last.type) : null
}
