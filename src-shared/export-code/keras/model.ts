import type { Shape } from '@shared/graph'
import type { PythonValue } from '../python/literal'

/** Options of a Keras layer in Keras's own words; arrays are tuples in Python. */
export type KerasConfig = Readonly<Record<string, string | number | boolean | readonly number[] | readonly (readonly number[])[]>>

/** A weight of a layer, made from those of the model. */
export interface KerasWeight {
  /** Name of the layer's variable: `kernel`, `moving_mean`. */
  readonly name: string
  /** Full name in the model: `dense1.kernel`. Null: `fill` everywhere. */
  readonly source: string | null
  readonly fill: number
  /** Full names of weights whose values follow the source’s. */
  readonly also?: readonly string[]
  readonly shape: Shape
  /** The values in Keras's layout. */
  readonly convert: (values: Float32Array) => Float32Array
}

/** One step of the model as a Keras layer, or as an expression where no layer does it. */
export interface KerasNode {
  /** Name of the layer. */
  readonly name: string
  readonly inputs: readonly string[]
  /** Null: `expression` does it, in Python alone. */
  readonly layer: { readonly className: string; readonly config: KerasConfig } | null
  /** Python with `{}` for the input. */
  readonly expression: string | null
  /** Arguments that only training needs: initializers and penalties. */
  readonly training: Readonly<Record<string, PythonValue>>
  readonly weights: readonly KerasWeight[]
}

/** Images are channels last here: `[height, width, channels]`. */
export interface KerasModel {
  readonly inputShape: Shape
  readonly outputShape: Shape
  readonly nodes: readonly KerasNode[]
  /** Name of the node that gives the output. */
  readonly output: string
  /** Classes that the expressions and layers need, by name. */
  readonly helpers: ReadonlySet<string>
}

/** `tfjs` has fewer layers, and only predicts. */
export type KerasTarget = 'keras' | 'tfjs'
