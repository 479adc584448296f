import { call, indent, python, type PythonValue } from '../python/literal'
import { identifiers } from '../python/names'
import { INPUT } from './context'
import { ATTENTION_CLASSES } from './layers/attention'
import { DROP_CONNECT } from './layers/dense'
import { FREEZING, FREEZING_UNBIASED, ROOT_MEAN_SQUARE, UNBIASED } from './layers/normalizations'
import type { KerasModel, KerasNode } from './model'

/** `build_model()` in Python: a functional model. `training`: with initializers and penalties. */
export function kerasModelCode(model: KerasModel, name: string, { training }: { readonly training: boolean }): string {
  const names = new Map([[INPUT, 'inputs'], ...identifiers(model.nodes.map((node) => node.name))])
  const nameOf = (node: string): string => names.get(node) ?? node
  const lines = model.nodes.map((node) => `${nameOf(node.name)} = ${nodeCode(node, node.inputs.map(nameOf), training)}`)
  return `def build_model():
    inputs = keras.Input(${python(model.inputShape)}, name="${INPUT}")
${indent(lines.join('\n'))}
    return keras.Model(inputs, ${nameOf(model.output)}, name=${python(modelName(name))})`
}

/** Classes that the model's layers need beside Keras's own. */
export function kerasHelpers({ helpers }: Pick<KerasModel, 'helpers'>): readonly string[] {
  return [...helpers].map((name) => CLASSES[name])
}

function nodeCode(node: KerasNode, inputs: readonly string[], training: boolean): string {
  if (node.expression !== null) return node.expression.replace('{}', () => inputs[0])
  if (node.layer === null) throw new Error(`${node.name} is neither layer nor expression`)
  const { className, config } = node.layer
  const options = { ...config, ...(training ? node.training : {}), name: node.name } as Readonly<Record<string, PythonValue>>
  const own = Object.hasOwn(CLASSES, className) ? className : `layers.${className}`
  return `${call(own, [], options)}(${inputs.length === 1 ? inputs[0] : `[${inputs.join(', ')}]`})`
}

/** Keras takes letters, digits and a few signs. */
function modelName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'model'
}

const CLASSES: Readonly<Record<string, string>> = {
  ...ATTENTION_CLASSES,
  [DROP_CONNECT]: `class ${DROP_CONNECT}(layers.Dense):
    """A dense layer that drops weights while it trains, one mask for the batch."""

    def __init__(self, units, rate, **options):
        super().__init__(units, **options)
        self.rate, self.seeds = rate, keras.random.SeedGenerator()

    def call(self, inputs, training=None):
        if not training:
            return super().call(inputs)
        outputs = ops.matmul(inputs, keras.random.dropout(self.kernel, self.rate, seed=self.seeds))
        outputs = outputs + self.bias if self.use_bias else outputs
        return self.activation(outputs)`,
  [UNBIASED]: `class ${UNBIASED}(layers.BatchNormalization):
    """Batch normalization with PyTorch's running variance, divided by n - 1 instead of n."""

    def call(self, inputs, training=None, mask=None):
        if not (training and self.trainable):
            return super().call(inputs, training=False)
        axis = self.axis % len(inputs.shape)
        axes = [each for each in range(len(inputs.shape)) if each != axis]
        mean, variance = ops.moments(inputs, axes)
        shape = [-1 if each == axis else 1 for each in range(len(inputs.shape))]
        count = ops.cast(ops.size(inputs) / ops.size(mean), variance.dtype)
        unbiased = variance * count / ops.maximum(count - 1, 1)
        keep = self.momentum
        self.moving_mean.assign(self.moving_mean * keep + mean * (1 - keep))
        self.moving_variance.assign(self.moving_variance * keep + unbiased * (1 - keep))
        outputs = (inputs - ops.reshape(mean, shape)) * ops.reshape(ops.rsqrt(variance + self.epsilon), shape)
        if self.scale:
            outputs = outputs * ops.reshape(self.gamma, shape)
        return outputs + ops.reshape(self.beta, shape) if self.center else outputs`,
  [FREEZING]: freezing(FREEZING, 'layers.BatchNormalization'),
  [FREEZING_UNBIASED]: freezing(FREEZING_UNBIASED, UNBIASED),
  [ROOT_MEAN_SQUARE]: `class ${ROOT_MEAN_SQUARE}(layers.Layer):
    """Division by the root mean square along some axes, with a factor per element of them."""

    def __init__(self, axis, epsilon, scale=True, **options):
        super().__init__(**options)
        self.axis, self.epsilon, self.scale = axis, epsilon, scale

    def build(self, input_shape):
        axes = [each % len(input_shape) for each in self.axis]
        self.spread = [input_shape[each] if each in axes else 1 for each in range(len(input_shape))]
        if self.scale:
            self.gamma = self.add_weight(shape=[input_shape[each] for each in axes], initializer="ones", name="gamma")

    def call(self, inputs):
        outputs = inputs * ops.rsqrt(ops.mean(ops.square(inputs), axis=self.axis, keepdims=True) + self.epsilon)
        return outputs * ops.reshape(self.gamma, self.spread) if self.scale else outputs`,
}

function freezing(name: string, base: string): string {
  return `class ${name}(${base}):
    """Batch normalization that uses and keeps its running statistics once so many updates were made."""

    def __init__(self, freeze_after, **options):
        super().__init__(**options)
        self.freeze_after = freeze_after

    def build(self, input_shape):
        super().build(input_shape)
        self.updates = self.add_weight(shape=(), initializer="zeros", trainable=False, name="updates")

    def call(self, inputs, training=None, mask=None):
        if not (training and self.trainable):
            return super().call(inputs, training=False)
        statistics = (self.moving_mean, self.moving_variance)
        before = [ops.copy(each) for each in statistics]
        still, moving = super().call(inputs, training=False), super().call(inputs, training=True)
        frozen = self.updates >= self.freeze_after
        for statistic, kept in zip(statistics, before):
            statistic.assign(ops.where(frozen, kept, ops.convert_to_tensor(statistic)))
        self.updates.assign_add(1)
        return ops.where(frozen, still, moving)`
}
