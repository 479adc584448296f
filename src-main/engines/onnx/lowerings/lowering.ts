import { reachable } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { Emitter, Held } from './emitter'

/** How one tensor gets its ONNX value: chosen before anything is emitted. */
export interface Lowering {
  readonly target: Tensor
  /** The tensors whose values `emit` uses. What nothing uses is never emitted, so a fusion skips what it absorbs. */
  readonly inputs: readonly Tensor[]
  emit(emitter: Emitter): Held
}

/** The plain way to compute an op; every op of the closed set has exactly one. */
export interface Form {
  readonly op: string
  emit(emitter: Emitter, node: Tensor): string
}

/** The way to compute an op on or to blocked images; tried before the plain one. */
export interface BlockedForm {
  readonly op: string
  /** Null where the operands do not suit it, or come in the plain layout and had better stay so. */
  emit(emitter: Emitter, node: Tensor): Held | null
}

/** A cheaper way for a tensor together with some that lead to it; tried before the op's form. */
export interface Fusion {
  readonly name: string
  /** Ops of the last tensor of the pattern. */
  readonly ops: readonly string[]
  match(node: Tensor, uses: Uses): Omit<Lowering, 'target'> | null
}

/** Who uses a tensor, among the tensors that lead to the program's outputs. */
export class Uses {
  readonly #consumers = new Map<Tensor, Tensor[]>()
  readonly #outputs: ReadonlySet<Tensor>
  /** Everything that leads to the outputs, inputs before their users. */
  readonly live: readonly Tensor[]

  constructor(outputs: readonly Tensor[]) {
    this.#outputs = new Set(outputs)
    this.live = reachable(outputs)
    for (const tensor of this.live) {
      for (const input of new Set(tensor.inputs)) {
        const known = this.#consumers.get(input)
        if (known) known.push(tensor)
        else this.#consumers.set(input, [tensor])
      }
    }
  }

  consumers(tensor: Tensor): readonly Tensor[] {
    return this.#consumers.get(tensor) ?? []
  }

  /** True when `by` alone uses the tensor, so that absorbing it saves its computation. */
  only(tensor: Tensor, by: Tensor): boolean {
    const consumers = this.consumers(tensor)
    return !this.#outputs.has(tensor) && consumers.length === 1 && consumers[0] === by
  }
}
