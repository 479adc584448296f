import { sinusoids } from '@shared/catalog/layers/positional-encoding'
import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import type { KerasWeight } from '../model'
import { attentionInHeads } from '../tfjs/attention'
import { scaledEach } from '../tfjs/elements'

/** Defined by the script: Keras's own takes its inputs and its mask when it is called. */
export const SELF_ATTENTION = 'SelfAttention'
/** Defined by the script: Keras has none. */
export const POSITIONAL = 'PositionalEncoding'

export function embedding(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Placed['shape']): Placed {
  const [inputDim, outputDim] = [Number(node.inputDim), Number(node.outputDim)]
  const name = context.layer(
    node.id,
    [input.name],
    'Embedding',
    { input_dim: inputDim, output_dim: outputDim },
    { weights: [context.weight(node, 'embeddings', 'embeddings', [inputDim, outputDim])], training: context.trainingOf(node, 'embeddings', 'embeddings') },
  )
  return { name, shape, order: null }
}

export function positionalEncoding(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const learned = node.kind === 'learned'
  if (context.target === 'tfjs') {
    const [steps, features] = input.shape
    const size = sizeOf(input.shape)
    const positions = learned ? context.weight(node, 'positions', 'beta', [size]) : context.values('beta', [size], sinusoids(steps, features))
    return { ...input, name: scaledEach(context, node.id, input.name, input.shape, [positions]) }
  }
  context.helpers.add(POSITIONAL)
  const extra = learned ? { weights: [context.weight(node, 'positions', 'positions', input.shape)], training: context.trainingOf(node, 'positions', 'positions') } : {}
  return { ...input, name: context.layer(node.id, [input.name], POSITIONAL, learned ? { learned } : {}, extra) }
}

const PARTS = ['query', 'key', 'value', 'output'] as const

export function multiHeadAttention(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const features = input.shape[1]
  const heads = Number(node.heads)
  const size = node.headSize === undefined ? features / heads : Number(node.headSize)
  if (context.target === 'tfjs') return { ...input, name: attentionInHeads(context, node, input, { heads, size }) }
  context.helpers.add(SELF_ATTENTION)
  const width = heads * size
  const weights = PARTS.flatMap((part): KerasWeight[] => {
    const [from, to] = part === 'output' ? [width, features] : [features, width]
    const kernel = context.weight(node, `${part}Kernel`, `${part}_kernel`, [from, to])
    return node.useBias === true ? [kernel, context.weight(node, `${part}Bias`, `${part}_bias`, [to])] : [kernel]
  })
  const config = {
    heads,
    head_size: size,
    ...(node.causal === true ? { causal: true } : {}),
    ...(Number(node.dropout) > 0 ? { dropout: Number(node.dropout) } : {}),
    ...(node.useBias === true ? {} : { use_bias: false }),
  }
  const training = {
    ...context.trainingOf(node, 'queryKernel', 'kernel'),
    ...context.trainingOf(node, 'outputKernel', 'output_kernel'),
    ...(node.useBias === true ? context.trainingOf(node, 'queryBias', 'bias') : {}),
  }
  return { ...input, name: context.layer(node.id, [input.name], SELF_ATTENTION, config, { weights, training }) }
}

export const ATTENTION_CLASSES: Readonly<Record<string, string>> = {
  [POSITIONAL]: `class ${POSITIONAL}(layers.Layer):
    """Adds to every time step a vector of its position: sines and cosines, or learned."""

    def __init__(self, learned=False, positions_initializer="uniform", positions_regularizer=None, **options):
        super().__init__(**options)
        self.learned = learned
        self.start, self.penalty = positions_initializer, positions_regularizer

    def build(self, input_shape):
        _, steps, features = input_shape
        if self.learned:
            self.positions = self.add_weight(shape=(steps, features), initializer=self.start, regularizer=self.penalty, name="positions")
            return
        feature = np.arange(features)
        angle = np.arange(steps)[:, None] / 10000 ** ((feature - feature % 2) / features)
        self.positions = np.where(feature % 2 == 0, np.sin(angle), np.cos(angle)).astype("float32")

    def call(self, inputs):
        return inputs + self.positions`,
  [SELF_ATTENTION]: `class ${SELF_ATTENTION}(layers.Layer):
    """Multi-head self-attention on (batch, time, features)."""

    def __init__(self, heads, head_size, causal=False, dropout=0.0, use_bias=True, kernel_initializer="glorot_uniform",
                 output_kernel_initializer=None, bias_initializer="zeros", kernel_regularizer=None,
                 output_kernel_regularizer=None, bias_regularizer=None, **options):
        super().__init__(**options)
        self.heads, self.head_size, self.causal, self.use_bias = heads, head_size, causal, use_bias
        self.starts = (kernel_initializer, output_kernel_initializer or kernel_initializer, bias_initializer)
        self.penalties = (kernel_regularizer, output_kernel_regularizer, bias_regularizer)
        self.drop = layers.Dropout(dropout)

    def build(self, input_shape):
        features, width = input_shape[-1], self.heads * self.head_size
        self.parts = {}
        for part, shape in (("query", (features, width)), ("key", (features, width)), ("value", (features, width)), ("output", (width, features))):
            which = int(part == "output")
            kernel = self.add_weight(shape=shape, initializer=self.starts[which], regularizer=self.penalties[which], name=f"{part}_kernel")
            bias = self.add_weight(shape=shape[1:], initializer=self.starts[2], regularizer=self.penalties[2], name=f"{part}_bias") if self.use_bias else None
            self.parts[part] = (kernel, bias)
            setattr(self, f"{part}_kernel", kernel)
            setattr(self, f"{part}_bias", bias)

    def project(self, part, x):
        kernel, bias = self.parts[part]
        x = ops.matmul(x, kernel)
        return x if bias is None else x + bias

    def call(self, inputs, training=None):
        steps = inputs.shape[1]
        split = lambda x: ops.transpose(ops.reshape(x, (-1, steps, self.heads, self.head_size)), (0, 2, 1, 3))
        query, key, value = (split(self.project(part, inputs)) for part in ("query", "key", "value"))
        scores = ops.matmul(query * self.head_size**-0.5, ops.transpose(key, (0, 1, 3, 2)))
        if self.causal:
            scores = scores + ops.convert_to_tensor(np.triu(np.full((steps, steps), -1e9, "float32"), 1))
        weights = self.drop(ops.softmax(scores), training=training)
        attended = ops.reshape(ops.transpose(ops.matmul(weights, value), (0, 2, 1, 3)), (-1, steps, self.heads * self.head_size))
        return self.project("output", attended)`,
}
