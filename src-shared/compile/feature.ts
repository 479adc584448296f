import { projectRows } from '@shared/catalog/layers/parts/sequence'
import { add, conv2d, div, maximum, mul, reduceMean, reduceSum, reshape, sizeOf, sqrt, sub, type Shape, type Tensor } from '@shared/graph'
import type { ExperimentDocument, FeatureDocument } from '@shared/spec'
import { issue, type Issue } from '@shared/spec/issue'
import { separateEntries, type NamedWeight, type WeightEntry, type WeightSettings } from './layout'
import type { CheckedModel, DataShape } from './model'

/** How a layer of the student is matched with one of the teacher's. */
export interface FeaturePlan extends Pick<FeatureDocument, 'matching' | 'beta'> {
  /** Id of the student's layer. */
  readonly layer: string
  /** What the teacher's layer gives for a sample. */
  readonly shape: Shape
  /** The regressor's weights, trained with the model and no part of it; none where both layers are equally wide. */
  readonly regressor: readonly WeightEntry[]
}

/** Before the names of the regressor's weights: no layer's id has a slash. */
const REGRESSOR = 'distillation/regressor'
/** Smallest norm of an attention map: a layer that gives zeros has none. */
const TINY = 1e-12

/** Layers whose output can be matched. */
export function matchableLayers({ nodes }: CheckedModel): CheckedModel['nodes'] {
  return nodes.filter(({ node }) => node.type !== 'input')
}

/** Where channels of images, units of everything else stand in a sample's shape. */
function channelAxis(sample: Shape): number {
  return sample.length === 3 ? 0 : sample.length - 1
}

function channels(sample: Shape): number {
  return sample[channelAxis(sample)]
}

/** What is left of a sample's shape without channels: height and width, or time. */
function positions(sample: Shape): Shape {
  return sample.filter((_, axis) => axis !== channelAxis(sample))
}

/** Why layers that give these cannot be matched: nothing where they can. */
export function matchProblem(matching: FeatureDocument['matching'], student: Shape, teacher: Shape): 'training-feature-shapes' | 'training-feature-flat' | null {
  const [own, taught] = [positions(student), positions(teacher)]
  if (student.length !== teacher.length || own.some((extent, axis) => extent !== taught[axis])) return 'training-feature-shapes'
  return matching === 'attention' && own.length === 0 ? 'training-feature-flat' : null
}

export function featureIssues({ training }: ExperimentDocument, model: CheckedModel, { feature: teacher }: DataShape): readonly Issue[] {
  const wanted = training.distillation?.feature
  if (wanted === undefined) return []
  const path = ['training', 'distillation', 'feature', 'student'] as const
  const layers = matchableLayers(model)
  const student = layers.find(({ node }) => node.id === wanted.student)
  if (student === undefined) return [issue('training-feature-layer', path, { layer: wanted.student, known: layers.map(({ node }) => node.id).join(', ') })]
  const problem = teacher === undefined ? null : matchProblem(wanted.matching, student.shape, teacher)
  return problem === null || teacher === undefined ? [] : [issue(problem, path, { student: shapeText(wanted.student, student.shape), teacher: shapeText(wanted.teacher, teacher) })]
}

function shapeText(layer: string, shape: Shape): string {
  return `${layer} [${shape.join(', ')}]`
}

/** Null where no layer is matched, or the teacher's is not known. The student's has been checked. */
export function featurePlan({ training }: ExperimentDocument, { nodes }: CheckedModel, { feature: shape }: DataShape, settingsOf: (weight: NamedWeight) => WeightSettings): FeaturePlan | null {
  const wanted = training.distillation?.feature
  const student = nodes.find(({ node }) => node.id === wanted?.student)
  if (wanted === undefined || shape === undefined || student === undefined) return null
  const { student: layer, matching, beta } = wanted
  return { layer, shape, matching, beta, regressor: matching === 'hint' ? separateEntries(regressorWeights(student.shape, shape), settingsOf) : [] }
}

/** A 1×1 convolution for images, a dense layer for all else. */
function regressorWeights(student: Shape, teacher: Shape): readonly NamedWeight[] {
  const [fanIn, fanOut] = [channels(student), channels(teacher)]
  if (fanIn === fanOut) return []
  const image = teacher.length === 3
  const common = { layer: REGRESSOR, fanIn, fanOut }
  return [
    { ...common, name: 'kernel', fullName: `${REGRESSOR}.kernel`, shape: image ? [fanOut, fanIn, 1, 1] : [fanIn, fanOut], role: 'kernel', initializer: { type: 'xavierUniform' } },
    { ...common, name: 'bias', fullName: `${REGRESSOR}.bias`, shape: [fanOut], role: 'bias', initializer: { type: 'zeros' } },
  ]
}

/** How far the student's layer `[batch, …]` is from the teacher's, of every row: `[batch]`. `weights`: the regressor's, if it has one. */
export function featureLoss(matching: FeaturePlan['matching'], student: Tensor, teacher: Tensor, weights: readonly Tensor[]): Tensor {
  const [own, taught] = matching === 'attention' ? [attentionMap(student), attentionMap(teacher)] : [regressed(student, weights), teacher]
  const gap = sub(own, taught)
  return reduceMean(mul(gap, gap), { axes: gap.shape.slice(1).map((_, axis) => axis + 1) })
}

function regressed(x: Tensor, [kernel, bias]: readonly Tensor[]): Tensor {
  // No weights: both are equally wide.
  if ((kernel as Tensor | undefined) === undefined) return x
  if (x.shape.length !== 4) return projectRows(x, kernel, (rows) => add(rows, bias))
  const mapped = conv2d(x, kernel, { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
  return add(mapped, reshape(bias, [bias.shape[0], 1, 1]))
}

/** Sum of squares over the channels at every position, `[batch, positions]`, each row of length 1. */
function attentionMap(x: Tensor): Tensor {
  const [batch, ...sample] = x.shape
  const squares = reduceSum(mul(x, x), { axes: [1 + channelAxis(sample)], keepDims: false })
  const map = reshape(squares, [batch, sizeOf(positions(sample))])
  const length = sqrt(maximum(reduceSum(mul(map, map), { axes: [1], keepDims: true }), TINY * TINY))
  return div(map, length)
}
