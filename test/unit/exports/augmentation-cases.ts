import { augmentBatch } from '@shared/compile/augment'
import { RandomStreams } from '@shared/compile/streams'
import { normalNoise } from '@shared/catalog/layers/parts/normal-noise'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { TrainingPlan } from '@shared/compile'
import { constantTensor, evaluateGraph, Graph, sizeOf, type Shape, type Tensor } from '@shared/graph'
import type { RandomSource } from '@shared/lib/random'
import type { ScriptCase } from './script-cases'

const CLASSES: TargetInfo = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] }
const PAIR: TargetInfo = { kind: 'class', classes: 2, classNames: ['no', 'yes'] }
const PICTURE: Shape = [2, 6, 5]

function pictures(...augmentation: readonly object[]): ScriptCase {
  return { sample: PICTURE, target: CLASSES, nodes: [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }], training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', augmentation } }
}

function rows(sample: Shape, target: TargetInfo, ...augmentation: readonly object[]): ScriptCase {
  const pair = target.kind === 'class' && target.classes === 2
  return { sample, target, nodes: [pair ? { type: 'dense', units: 1, activation: 'sigmoid' } : { type: 'dense', units: 3, activation: 'softmax' }], training: { loss: pair ? 'binaryCrossentropy' : 'categoricalCrossentropy', optimizer: 'sgd', augmentation } }
}

/** Every augmentation, alone and together. */
export const AUGMENTATION_CASES: Readonly<Record<string, ScriptCase>> = {
  'flip': pictures({ type: 'flip', vertical: true, probability: 0.3 }),
  'shift': pictures({ type: 'shift', horizontal: 0.4, vertical: 0.2 }),
  'shift with zeros': pictures({ type: 'shift', horizontal: 0.6, fill: 'zeros' }),
  'rotate': pictures({ type: 'rotate', degrees: 80, fill: 'reflect' }),
  'zoom': pictures({ type: 'zoom', amount: 0.5, fill: 'zeros' }),
  'elastic': pictures({ type: 'elastic', displacement: 1.2, smoothness: 1 }),
  'moves in a row': pictures({ type: 'shift' }, { type: 'rotate', degrees: 30 }, { type: 'zoom', fill: 'reflect' }, { type: 'elastic', fill: 'reflect', smoothness: 4 }, { type: 'shift', fill: 'reflect' }),
  'cutout': pictures({ type: 'cutout', size: 3 }, { type: 'cutout', size: 2 }),
  'erasing': pictures({ type: 'randomErasing', probability: 0.8, minimum: 0.4, maximum: 0.1 }, { type: 'randomErasing', probability: 0.5, fill: 'random' }),
  'pictures as rows': rows([64], CLASSES, { type: 'rotate', degrees: 20 }, { type: 'flip' }, { type: 'noise', deviation: 0.1 }),
  'noise of tables': rows([4], CLASSES, { type: 'noise', deviation: 0.3 }),
  'mixup of classes': pictures({ type: 'mixup', alpha: 0.4 }, { type: 'flip' }),
  'mixup of one output': rows([4], PAIR, { type: 'noise' }, { type: 'mixup' }),
}

/** What one random draw of a step was. */
export interface Draw {
  readonly shape: Shape
  /** In 0 … 1, and the normal values of the same bits; a Beta value alone. */
  readonly uniform: Float64Array
  readonly normal: Float64Array
}

/** Streams that give what a test draws, and remember it. */
class RecordedStreams extends RandomStreams {
  readonly draws: Draw[] = []

  constructor(
    private readonly owner: Graph,
    private readonly random: RandomSource,
  ) {
    super(owner)
  }

  override bits(_stream: string, shape: Shape): Tensor {
    const bits = Int32Array.from({ length: sizeOf(shape) }, () => Math.floor((this.random.uniform() - 0.5) * 2 ** 32))
    const tensor = constantTensor(this.owner, bits, shape, 'int32')
    const [normal] = evaluateGraph([normalNoise({ randomBits: () => tensor }, shape)], new Map())
    this.draws.push({ shape, uniform: Float64Array.from(bits, (each) => each / 2 ** 32 + 0.5), normal: Float64Array.from(normal.data) })
    return tensor
  }

  override beta(): Tensor {
    const share = Math.fround(this.random.uniform())
    this.draws.push({ shape: [1], uniform: Float64Array.of(share), normal: Float64Array.of(share) })
    return constantTensor(this.owner, Float32Array.of(share), [], 'float32')
  }
}

export interface Augmented {
  readonly draws: readonly Draw[]
  readonly x: Float64Array
  /** As the loss sees them: mixed ones are numbers. */
  readonly y: Float64Array
}

/** A batch as a step of training sees it, with everything that was drawn for it. */
export function augmentByReference(plan: TrainingPlan, random: RandomSource, features: Float32Array, targets: Float64Array): Augmented {
  const count = targets.length
  const graph = new Graph()
  const streams = new RecordedStreams(graph, random)
  const shape = [count, ...plan.data.sample]
  const batch = { features: graph.input('features', 'float32', shape), targets: graph.input('targets', 'int32', [count]), info: plan.data.target }
  const after = augmentBatch(plan.augmentation, streams, batch, sizeOf(plan.model.outputShape))
  const feeds = new Map([
    ['features', { shape, data: Float64Array.from(features) }],
    ['targets', { shape: [count], data: targets }],
  ])
  const [x, y] = evaluateGraph([after.features, after.targets], feeds)
  return { draws: streams.draws, x: Float64Array.from(x.data), y: Float64Array.from(y.data) }
}
