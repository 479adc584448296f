import type { z } from 'zod'
import type { Shape, Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'

/** What is wrong with a layer's inputs or options; the model check adds the node's path. */
export interface ShapeProblem {
  readonly code: string
  readonly args: Readonly<Record<string, string | number>>
  /** The option to blame, when it is one. */
  readonly option?: string
}
export type ShapeResult = { readonly shape: Shape } | { readonly problem: ShapeProblem }

export type LayerGroup = 'input' | 'dense' | 'convolution' | 'pooling' | 'sequence' | 'shape' | 'activation' | 'regularization' | 'normalization' | 'merge'

export interface WeightRequest {
  /** Within the layer: `kernel`, `bias`, `gamma`. */
  readonly name: string
  readonly shape: Shape
  /** `{type, …}` of an initializer, options validated. */
  readonly initializer: { readonly type: string }
  /** What it is to regularization and weight decay: kernels are penalized by a layer's `kernelRegularizer` and by the
   *  global regularization; biases and normalization weights only when asked. */
  readonly role: 'kernel' | 'bias' | 'norm'
  /** For initializers: connections into and out of one unit (Glorot and He scale by them). */
  readonly fanIn: number
  readonly fanOut: number
  /** A penalty of this weight alone, `{type, …}` of a regularizer. */
  readonly regularizer?: { readonly type: string }
  /** What holds of it after every update, `{type, …}` of a constraint. */
  readonly constraint?: { readonly type: string }
  /** Axes along which the weights that enter one unit lie: constraints take norms over them. */
  readonly incoming?: readonly number[]
  /** First and end of the elements that start at 1 whatever the initializer says: a forget gate’s bias. */
  readonly ones?: readonly [number, number]
}

/** What a layer may ask for while it lowers itself. */
export interface LayerScope {
  /** True in the training program: dropout drops, batch norm uses the batch's statistics. */
  readonly training: boolean
  /** A trained parameter, float32. */
  weight(request: WeightRequest): Tensor
  /** Not trained, part of the state: running mean and variance. */
  statistic(name: string, shape: Shape, initial: number): Tensor
  /** The statistic's value after this step; training programs only. */
  updateStatistic(name: string, next: Tensor): void
  /** Uniform int32 random bits, fresh every step, reproducible from the document's seed. */
  randomBits(shape: Shape): Tensor
  /** Updates made before this one, a float32 scalar; training programs only. */
  step(): Tensor
  /** Records a scalar of this layer with every step, as `layer.<id>.<name>`; nothing outside of training. */
  report(name: string, value: Tensor): void
  /** Adds a penalty on values `[batch, …]` that the layer gives, divided by the batch size; nothing outside of training. */
  penalize(activity: Tensor, regularizer: { readonly type: string }): void
}

export interface LayerDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly group: LayerGroup
  /** How many edges may enter: `[1, 1]`, `[2, Infinity]`; `[0, 0]` for inputs. */
  readonly arity: readonly [number, number]
  /** Output shape of one sample (no batch axis) from the inputs' sample shapes. */
  infer(inputs: readonly Shape[], options: OptionsOf<Definition<S>>): ShapeResult
  /** Appends the layer for tensors `[batch, …sample shape]`. Only called on shapes that `infer` accepted. */
  lower(scope: LayerScope, inputs: readonly Tensor[], options: OptionsOf<Definition<S>>): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineLayer<S extends z.ZodObject>(definition: LayerDefinition<S>): LayerDefinition<S> {
  return definition
}
