import type { TargetInfo } from '@shared/catalog/losses/loss'
import type { Shape } from '@shared/graph'

export interface ScriptCase {
  readonly sample: Shape
  readonly target: TargetInfo
  readonly nodes: readonly object[]
  readonly training: Readonly<Record<string, unknown>>
  /** Every target value; drawn where it is absent. */
  readonly targets?: number
  /** Keras refuses it. */
  readonly pytorchOnly?: true
}

const CLASSES: TargetInfo = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] }
const PAIR: TargetInfo = { kind: 'class', classes: 2, classNames: ['no', 'yes'] }
const VALUES: TargetInfo = { kind: 'value', shape: [2], names: ['u', 'v'] }
const MLP = [{ type: 'input' }, { type: 'dense', units: 5, activation: 'tanh' }, { type: 'dense', units: 3, activation: 'softmax' }]
const CROSSENTROPY = { loss: 'categoricalCrossentropy' }

function mlp(optimizer: object | string, more: Readonly<Record<string, unknown>> = {}): ScriptCase {
  return { sample: [4], target: CLASSES, nodes: MLP, training: { ...CROSSENTROPY, optimizer, ...more } }
}

function regression(loss: object | string, last: object, target = VALUES, more: Readonly<Record<string, unknown>> = {}): ScriptCase {
  return { sample: [4], target, nodes: [{ type: 'input' }, { type: 'dense', units: 5, activation: 'sigmoid' }, last], training: { loss, optimizer: { type: 'sgd', learningRate: 0.1 }, ...more } }
}

/** Sequences of four steps, a class at each. */
function everywhere(last: object, training: Readonly<Record<string, unknown>>, classNames = ['a', 'b', 'c']): ScriptCase {
  return { sample: [4, 2], target: { kind: 'class', classes: classNames.length, classNames, positions: 4 }, nodes: [{ type: 'input' }, { type: 'simpleRnn', units: 3, returnSequences: true }, last], training: { optimizer: { type: 'sgd', learningRate: 0.2 }, ...training } }
}

const RATES: Readonly<Record<string, number>> = { adadelta: 1, adagrad: 0.1, adam: 0.05, adamw: 0.05, adamax: 0.05, nadam: 0.05, rmsprop: 0.02, lion: 0.02, radam: 0.05, sgd: 0.2, momentum: 0.1, nesterov: 0.1 }
const DIALECTS: Readonly<Record<string, readonly string[]>> = {
  sgd: ['keras', 'pytorch', 'textbook'],
  momentum: ['keras', 'pytorch', 'textbook'],
  nesterov: ['keras', 'pytorch', 'textbook'],
  adagrad: ['keras', 'pytorch', 'textbook'],
  rmsprop: ['keras', 'pytorch', 'textbook'],
  adam: ['keras', 'pytorch', 'textbook'],
  adamw: ['keras', 'pytorch', 'textbook'],
  adadelta: ['keras', 'pytorch'],
  adamax: ['keras', 'pytorch'],
  nadam: ['keras', 'pytorch'],
  radam: ['pytorch', 'textbook'],
  lion: ['keras'],
}
const schedule = { type: 'step', stepSize: 3, unit: 'steps', gamma: 0.3 }

/** Every optimizer in every dialect, with weight decay and a rate that drops; what it brings beside. */
export const OPTIMIZER_CASES: Readonly<Record<string, ScriptCase>> = Object.fromEntries([
  ...Object.entries(DIALECTS).flatMap(([type, dialects]) =>
    dialects.flatMap((dialect) => [
      [`${type}-${dialect}`, mlp({ type, dialect, learningRate: RATES[type], weightDecay: 0 }, { schedule })] as const,
      [`${type}-${dialect}-decay`, mlp({ type, dialect, learningRate: RATES[type], weightDecay: 0.05 }, { schedule })] as const,
    ]),
  ),
  ...Object.entries<object>({
    'sgd-dampening': { type: 'sgd', dialect: 'pytorch', momentum: 0.8, dampening: 0.3, learningRate: 0.1 },
    'momentum-subtract': { type: 'momentum', dialect: 'textbook', form: 'subtract', learningRate: 0.1 },
    'rmsprop-keras-all': { type: 'rmsprop', dialect: 'keras', centered: true, momentum: 0.7, learningRate: 0.01 },
    'rmsprop-pytorch-all': { type: 'rmsprop', dialect: 'pytorch', centered: true, momentum: 0.7, learningRate: 0.01 },
    'adam-keras-amsgrad': { type: 'adam', dialect: 'keras', amsgrad: true, learningRate: 0.05 },
    'adam-pytorch-amsgrad': { type: 'adam', dialect: 'pytorch', amsgrad: true, learningRate: 0.05 },
    'adam-outside': { type: 'adam', dialect: 'textbook', epsilonPlacement: 'outside', epsilon: 0.01, learningRate: 0.05 },
    'adagrad-decay': { type: 'adagrad', dialect: 'pytorch', learningRateDecay: 0.2, learningRate: 0.1 },
    'nadam-quick': { type: 'nadam', dialect: 'pytorch', momentumDecay: 0.5, learningRate: 0.05 },
  }).map(([name, optimizer]) => [name, mlp(optimizer, { schedule })] as const),
])

const image: Shape = [2, 6, 6]
const cnn = (...nodes: readonly object[]): readonly object[] => [{ type: 'input' }, ...nodes, { type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }]
const sgd = { type: 'sgd', learningRate: 0.1 }

const GRADIENTS_AND_RATES: Readonly<Record<string, ScriptCase>> = {
  'clipped by units': mlp({ type: 'adam', learningRate: 0.05 }, { gradientClip: { type: 'adaptive', ratio: 0.02 } }),
  'clipped by units, convolutions': { sample: image, target: CLASSES, nodes: cnn({ type: 'conv2d', filters: 3, kernelSize: 2 }, { type: 'conv2dTranspose', filters: 4, kernelSize: 2, strides: 2 }), training: { ...CROSSENTROPY, optimizer: sgd, gradientClip: { type: 'adaptive', ratio: 0.05, outputLayer: true } } },
  'clipped by norm with epsilon, coupled decay': mlp({ type: 'sgd', dialect: 'pytorch', momentum: 0.5, learningRate: 0.1, weightDecay: 0.1 }, { gradientClip: { type: 'norm', maximum: 0.1, epsilon: 0.01 } }),
  'clipped by global norm, coupled decay': mlp({ type: 'adam', dialect: 'pytorch', learningRate: 0.05, weightDecay: 0.1 }, { gradientClip: { type: 'globalNorm', maximum: 0.1 } }),
  'one cycle of momentum, keras': mlp({ type: 'momentum', dialect: 'keras', learningRate: 0.2 }, { schedule: { type: 'oneCycle', momentum: { low: 0.5, high: 0.9 } } }),
  'one cycle of momentum, nesterov': mlp({ type: 'nesterov', dialect: 'keras', learningRate: 0.1 }, { schedule: { type: 'oneCycle', anneal: 'linear', warmup: { steps: 2 }, momentum: {} } }),
  'one cycle of momentum, pytorch': mlp({ type: 'sgd', dialect: 'pytorch', momentum: 0.9, weightDecay: 0.02, learningRate: 0.2 }, { schedule: { type: 'oneCycle', momentum: { low: 0.6, high: 0.95 } } }),
  'one cycle of momentum, mean of gradients': mlp({ type: 'momentum', dialect: 'textbook', form: 'average', learningRate: 0.2 }, { schedule: { type: 'cyclical', stepSize: 4, unit: 'steps', mode: 'triangular2', momentum: {} } }),
  'one cycle of momentum, nesterov of the article': mlp({ type: 'nesterov', dialect: 'textbook', learningRate: 0.1, weightDecay: 0.05 }, { schedule: { type: 'oneCycle', momentum: {} }, gradientClip: { type: 'adaptive', ratio: 0.1 } }),
  'cycling of Adam, keras': mlp({ type: 'adam', learningRate: 0.05 }, { schedule: { type: 'cyclical', stepSize: 3, unit: 'steps', warmup: { steps: 2, from: 0.001 }, momentum: { low: 0.7, high: 0.95 } } }),
  'cycling of AdamW, pytorch': mlp({ type: 'adamw', dialect: 'pytorch', learningRate: 0.05, weightDecay: 0.1 }, { schedule: { type: 'cosine', momentum: {} } }),
  'cycling of Adamax': mlp({ type: 'adamax', dialect: 'pytorch', learningRate: 0.05 }, { schedule: { type: 'linear', momentum: {} } }),
  'cycling of RAdam': mlp({ type: 'radam', dialect: 'pytorch', learningRate: 0.05 }, { schedule: { type: 'oneCycle', momentum: {} }, epochs: 5 }),
}

const stopped = { metrics: ['accuracy'], epochs: 12 }
const quick = { type: 'sgd', learningRate: 2 }

const STOPPING: Readonly<Record<string, ScriptCase>> = {
  'early stopping, best weights': mlp(quick, { ...stopped, stopping: [{ type: 'earlyStopping', patience: 2 }] }),
  'early stopping within epochs': mlp(quick, { ...stopped, evaluateEvery: { steps: 2 }, stopping: [{ type: 'earlyStopping', monitor: 'val.accuracy', patience: 4, minDelta: 0.01 }] }),
  'early stopping beside penalties': mlp({ type: 'adam', learningRate: 0.3 }, { ...stopped, regularization: 'l2', stopping: [{ type: 'earlyStopping', patience: 2, restoreBest: false }] }),
  'early stopping of averages': mlp(quick, { ...stopped, averaging: { type: 'ema', decay: 0.7 }, stopping: [{ type: 'earlyStopping', patience: 2 }] }),
  'target metric': mlp({ type: 'adam', learningRate: 0.1 }, { ...stopped, stopping: [{ type: 'target', monitor: 'val.accuracy', value: 0.4 }, { type: 'target', monitor: 'epoch.loss', value: 0.9 }] }),
  'target of training accuracy': { ...mlp({ type: 'adam', learningRate: 0.1 }, { ...stopped, stopping: [{ type: 'target', monitor: 'epoch.accuracy', value: 0.6 }] }), pytorchOnly: true },
  'target of values that do not vary': { ...regression('meanSquaredError', { type: 'dense', units: 2 }, VALUES, { metrics: ['r2'], stopping: [{ type: 'target', monitor: 'val.r2', value: 0 }] }), targets: 0.1 },
  'convergence': mlp(sgd, { ...stopped, stopping: [{ type: 'convergence', bound: 0.015, patience: 2 }] }),
  'short gradient': mlp({ type: 'sgd', learningRate: 0.5 }, { ...stopped, batchSize: 'full', stopping: [{ type: 'gradientNorm', bound: 0.3 }] }),
  'so many steps': mlp(sgd, { schedule: { type: 'cosine' }, stopping: [{ type: 'steps', steps: 5 }] }),
  'plateau of Keras': mlp(quick, { ...stopped, schedule: { type: 'plateau', patience: 1, factor: 0.4, cooldown: 1, minRate: 0.1 } }),
  'plateau after a warm-up, relative': mlp(quick, { ...stopped, evaluateEvery: { steps: 2 }, schedule: { type: 'plateau', monitor: 'val.accuracy', relative: true, patience: 2, factor: 0.5, cooldown: 2, warmup: { steps: 4 } } }),
}

const GROUPS_AND_STATISTICS: Readonly<Record<string, ScriptCase>> = {
  ...Object.fromEntries(
    Object.entries<object>({
      'AdamW': { type: 'adamw', learningRate: 0.05, weightDecay: 0.1 },
      'SGD of PyTorch': { type: 'sgd', dialect: 'pytorch', momentum: 0.5, learningRate: 0.2, weightDecay: 0.1 },
      'momentum of Keras': { type: 'momentum', dialect: 'keras', learningRate: 0.1, weightDecay: 0.1 },
      'Adam of the article': { type: 'adam', dialect: 'textbook', learningRate: 0.05, weightDecay: 0.1 },
    }).map(([name, optimizer]) => [
      `groups, ${name}`,
      {
        sample: [4],
        target: CLASSES,
        nodes: [{ type: 'input' }, { id: 'still', type: 'dense', units: 5, activation: 'tanh' }, { id: 'slow', type: 'dense', units: 4, activation: 'tanh' }, { id: 'free', type: 'dense', units: 4 }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }],
        training: { ...CROSSENTROPY, optimizer, schedule, parameterGroups: [{ layers: ['still'], frozen: true }, { layers: ['slow'], rateFactor: 0.25, decay: 'all' }, { layers: ['free'], decay: 'none' }] },
      },
    ]),
  ),
  'frozen base': {
    sample: image,
    target: CLASSES,
    nodes: cnn({ id: 'conv', type: 'conv2d', filters: 3, kernelSize: 3, kernelConstraint: 'unitNorm' }, { id: 'norm', type: 'batchNormalization', momentum: 0.5 }, { type: 'conv2d', filters: 3, kernelSize: 2, activation: 'relu' }, { type: 'batchNormalization', momentum: 0.5, dialect: 'pytorch' }),
    training: { ...CROSSENTROPY, optimizer: { ...sgd, dialect: 'pytorch', weightDecay: 0.02 }, parameterGroups: [{ layers: ['conv', 'norm'], frozen: true }] },
  },
  'frozen statistics without weights': {
    sample: [4],
    target: CLASSES,
    nodes: [{ type: 'input' }, { type: 'dense', units: 5 }, { id: 'norm', type: 'batchNormalization', momentum: 0.5, center: false, scale: false }, { type: 'dense', units: 3, activation: 'softmax' }],
    training: { ...CROSSENTROPY, optimizer: sgd, parameterGroups: [{ layers: ['norm'], frozen: true }] },
  },
  'statistics frozen later': {
    sample: image,
    target: CLASSES,
    nodes: cnn({ type: 'conv2d', filters: 3, kernelSize: 3 }, { type: 'batchNormalization', momentum: 0.5, freezeAfter: 4 }, { type: 'conv2d', filters: 3, kernelSize: 2, activation: 'relu' }, { type: 'batchNormalization', momentum: 0.5, dialect: 'pytorch', freezeAfter: 2 }, { type: 'batchNormalization', freezeAfter: 0 }),
    training: { ...CROSSENTROPY, optimizer: sgd },
  },
  'averaged, warming up': mlp(sgd, { averaging: { type: 'ema', decay: 0.9, warmup: true } }),
  'averaged, all alike': mlp(sgd, { averaging: { type: 'swa', start: 0.4, every: 2, unit: 'steps' }, epochs: 4 }),
  'averaged, all alike, the last statistics': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'batchNormalization', momentum: 0.5 }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd, averaging: { type: 'swa', start: 0.3, every: 2, unit: 'steps' } } },
  'averaged with statistics': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 6 }, { type: 'batchNormalization', momentum: 0.5 }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd, averaging: { type: 'swa', start: 0.3, statistics: 'average' }, epochs: 5, metrics: ['accuracy'] } },
}

/** Losses, penalties, layouts and normalization in training. */
export const TRAINING_CASES: Readonly<Record<string, ScriptCase>> = {
  'penalties': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 5, activation: 'relu', kernelRegularizer: { type: 'l1l2', l1: 0.02, l2: 0.03, convention: 'half' }, biasRegularizer: 'l2' }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: { ...sgd, dialect: 'pytorch', weightDecay: 0.02 }, regularization: { type: 'l2', factor: 0.05 } } },
  'warm-up and cosine': mlp(sgd, { schedule: { type: 'cosine', warmup: { steps: 3, from: 0.01 } } }),
  'clipped by value': mlp(sgd, { gradientClip: { type: 'value', maximum: 0.05 } }),
  'clipped by norm': mlp({ type: 'adamw', learningRate: 0.05 }, { gradientClip: { type: 'norm', maximum: 0.1 }, regularization: 'l2' }),
  'clipped by global norm': mlp({ type: 'momentum', dialect: 'textbook' }, { gradientClip: { type: 'globalNorm', maximum: 0.1 }, accumulation: 2 }),
  ...GRADIENTS_AND_RATES,
  ...STOPPING,
  ...GROUPS_AND_STATISTICS,
  'averaged, fading': mlp(sgd, { averaging: { type: 'ema', decay: 0.8 } }),
  'a class at every position': everywhere({ type: 'dense', units: 3, activation: 'softmax' }, { ...CROSSENTROPY, metrics: ['perplexity'], stopping: [{ type: 'target', monitor: 'val.perplexity', value: 0.1 }] }),
  'every position, smoothed': everywhere({ type: 'dense', units: 3, activation: 'softmax' }, { loss: { type: 'categoricalCrossentropy', labelSmoothing: 0.2 } }),
  'every position, probabilities': everywhere({ type: 'dense', units: 3, activation: 'sigmoid' }, CROSSENTROPY),
  'every position, two classes': everywhere({ type: 'dense', units: 1, activation: 'sigmoid' }, { loss: 'binaryCrossentropy', metrics: ['accuracy'], stopping: [{ type: 'target', monitor: 'val.accuracy', value: 0.999 }] }, ['no', 'yes']),
  'full batch': mlp({ type: 'adam', learningRate: 0.05 }, { batchSize: 'full' }),
  'logits as outputs': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 3 }], training: { loss: { type: 'categoricalCrossentropy', fromLogits: true }, optimizer: quick, ...stopped, metrics: ['perplexity'], stopping: [{ type: 'earlyStopping', monitor: 'val.perplexity', patience: 2 }] } },
  'logits of two classes': { sample: [4], target: PAIR, nodes: [{ type: 'input' }, { type: 'dense', units: 1 }], training: { loss: { type: 'binaryCrossentropy', fromLogits: true }, optimizer: quick, ...stopped, stopping: [{ type: 'earlyStopping', monitor: 'val.accuracy', patience: 2 }] } },
  'probabilities not from softmax': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 3, activation: 'sigmoid' }], training: { ...CROSSENTROPY, optimizer: sgd } },
  'activation layer at the end': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 3 }, { type: 'activation', activation: 'softmax' }, { type: 'flatten' }], training: { ...CROSSENTROPY, optimizer: sgd } },
  'binary, one output': { sample: [4], target: PAIR, nodes: [{ type: 'input' }, { type: 'dense', units: 1, activation: 'sigmoid' }], training: { loss: 'binaryCrossentropy', optimizer: sgd } },
  'binary, probabilities': { sample: [4], target: PAIR, nodes: [{ type: 'input' }, { type: 'dense', units: 2, activation: 'softmax' }], training: { loss: 'binaryCrossentropy', optimizer: sgd } },
  // The bias keeps leaky ReLU from 0, where its slope is the backend’s own.
  'constraints and activities': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 5, activation: 'relu', kernelConstraint: { type: 'maxNorm', maximum: 0.8 }, activityRegularizer: { type: 'l1l2', l1: 0.05, l2: 0.1 } }, { type: 'dense', units: 6, biasInitializer: { type: 'constant', value: 0.1 }, activation: { type: 'leakyRelu', negativeSlope: 0.2 }, kernelConstraint: { type: 'minMaxNorm', minimum: 0.6, maximum: 0.9, rate: 0.5 }, biasConstraint: 'nonNegative', activityRegularizer: 'l2' }, { type: 'dense', units: 3, activation: 'softmax', kernelConstraint: 'unitNorm' }], training: { ...CROSSENTROPY, optimizer: sgd, regularization: 'l2' } },
  'constraints of filters': { sample: image, target: CLASSES, nodes: cnn({ type: 'conv2d', filters: 3, kernelSize: 3, kernelConstraint: { type: 'maxNorm', maximum: 0.7 } }, { type: 'depthwiseConv2d', depthMultiplier: 2, kernelSize: 2, kernelConstraint: 'unitNorm', activityRegularizer: { type: 'l1', factor: 0.01 } }, { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: 2, kernelConstraint: { type: 'maxNorm', maximum: 0.5 }, biasConstraint: { type: 'maxNorm', maximum: 0.1 } }), training: { ...CROSSENTROPY, optimizer: sgd } },
  'smoothed labels': mlp(sgd, { loss: { type: 'categoricalCrossentropy', labelSmoothing: 0.2 } }),
  'smoothed labels of probabilities': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 3, activation: 'sigmoid' }], training: { loss: { type: 'categoricalCrossentropy', labelSmoothing: 0.2 }, optimizer: sgd } },
  'binary, smoothed labels': { sample: [4], target: PAIR, nodes: [{ type: 'input' }, { type: 'dense', units: 1, activation: 'sigmoid' }], training: { loss: { type: 'binaryCrossentropy', labelSmoothing: 0.1 }, optimizer: sgd } },
  'squared error of classes': { sample: [4], target: CLASSES, nodes: MLP, training: { loss: 'meanSquaredError', optimizer: sgd } },
  'squared error': regression('meanSquaredError', { type: 'dense', units: 2 }),
  'absolute error': regression('meanAbsoluteError', { type: 'dense', units: 2 }),
  'huber': regression({ type: 'huber', delta: 0.5 }, { type: 'dense', units: 2 }),
  'convolution, flatten, batch norm': { sample: image, target: CLASSES, nodes: cnn({ type: 'conv2d', filters: 3, kernelSize: 3, strides: 2, padding: 'same' }, { type: 'batchNormalization', momentum: 0.8 }, { type: 'activation', activation: 'relu' }, { type: 'maxPooling2d', poolSize: 2, strides: 1 }), training: { ...CROSSENTROPY, optimizer: sgd } },
  'batch norm of PyTorch': { sample: image, target: CLASSES, nodes: cnn({ type: 'conv2d', filters: 3, kernelSize: 3 }, { type: 'batchNormalization', dialect: 'pytorch', momentum: 0.7, center: false }), training: { ...CROSSENTROPY, optimizer: { type: 'momentum' } } },
  'batch norm of vectors': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 6 }, { type: 'batchNormalization', scale: false }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd } },
  'batch norm of PyTorch, vectors, the last batch one row': { sample: [4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'dense', units: 6 }, { type: 'batchNormalization', dialect: 'pytorch', momentum: 0.7 }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd, batchSize: 5 } },
  'depthwise and dilation': { sample: image, target: CLASSES, nodes: cnn({ type: 'depthwiseConv2d', depthMultiplier: 2, kernelSize: 2, padding: 'same' }, { type: 'conv2d', filters: 2, kernelSize: 2, dilation: 2, strides: 2, padding: 'same', activation: 'relu' }), training: { ...CROSSENTROPY, optimizer: sgd, regularization: 'l2' } },
  'attention to earlier steps': { sample: [5, 4], target: CLASSES, nodes: [{ type: 'input' }, { type: 'multiHeadAttention', heads: 2, causal: true }, { type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd } },
  'convolution over time': { sample: [6, 2], target: CLASSES, nodes: [{ type: 'input' }, { type: 'conv1d', filters: 3, padding: 'causal', activation: 'tanh' }, { type: 'conv1d', filters: 4, kernelSize: 2, strides: 2, padding: 'same' }, { type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }], training: { ...CROSSENTROPY, optimizer: sgd } },
  'normalizations': { sample: [4, 5, 5], target: CLASSES, nodes: cnn({ type: 'layerNormalization' }, { type: 'conv2d', filters: 4, kernelSize: 2 }, { type: 'groupNormalization', groups: 2 }, { type: 'rmsNormalization', over: 'channels' }), training: { ...CROSSENTROPY, optimizer: sgd } },
  'up and down': { sample: [2, 4, 4], target: { kind: 'value', shape: [1, 8, 8], names: [] }, nodes: [{ type: 'input' }, { type: 'conv2dTranspose', filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }, { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' }], training: { loss: 'meanSquaredError', optimizer: sgd } },
}

/** Every schedule, by steps and by epochs. */
export const SCHEDULES: readonly object[] = [
  { type: 'linear', finalRate: 0.01 },
  { type: 'polynomial', power: 0.9, finalRate: 0.001, duration: 3 },
  { type: 'step', stepSize: 1.5, gamma: 0.4 },
  { type: 'piecewise', pieces: [{ from: 3, factor: 0.1 }, { from: 1, factor: 0.5 }], warmup: { epochs: 0.5 } },
  { type: 'exponential', gamma: 0.7, every: 5, unit: 'steps', staircase: true },
  { type: 'inverseTime', decayRate: 0.5 },
  { type: 'inverseTime', every: 4, unit: 'steps', staircase: true },
  { type: 'inverseSqrt', warmup: { steps: 6, from: 0.001 } },
  { type: 'inverseSqrt' },
  { type: 'cosine', finalRate: 0.001, warmup: { epochs: 1 } },
  { type: 'cosineRestarts', period: 1, periodGrowth: 2, peakFactor: 0.8, finalRate: 0.002 },
  { type: 'cosineRestarts', period: 7, unit: 'steps', periodGrowth: 1 },
  { type: 'oneCycle' },
  { type: 'oneCycle', anneal: 'linear', duration: 3, riseFraction: 0.4 },
  { type: 'cyclical' },
  { type: 'cyclical', mode: 'triangular2', stepSize: 4, stepSizeDown: 7, unit: 'steps', minRate: 0.01 },
  { type: 'cyclical', mode: 'expRange', gamma: 0.98 },
]
