import type * as tf from '@tensorflow/tfjs-core'
import type { Attrs, Tensor } from '@shared/graph'

/** Computes a node's value from its inputs' values. Intermediate tensors are disposed by the caller (`tf.tidy`). */
export type Kernel = (...inputs: tf.Tensor[]) => tf.Tensor

/** What a form may know of the node: types and shapes of its operands and of its result. */
export type FormNode = Pick<Tensor, 'dtype' | 'shape' | 'inputs'>

/** An op in terms of tfjs-core: made once per node when a program is prepared, so shape work is not repeated per step. */
export type Form<A extends Attrs = Attrs> = (attrs: A, node: FormNode) => Kernel

/** Forms by op name; a family's file exports one of these. */
export type Forms = Readonly<Record<string, Form>>

/** Erases the attributes' type, which the op's own `infer` has checked when the node was appended. */
export function form<A extends Attrs>(make: Form<A>): Form {
  return make as unknown as Form
}

/** A form without attributes. */
export function plain(kernel: Kernel): Form {
  return () => kernel
}
