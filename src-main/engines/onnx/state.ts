import { Tensor } from 'onnxruntime-node'
import type { SessionOptions } from '../engine'
import { sizeOf } from '@shared/graph'

interface Slot {
  current: Tensor
  spare: Tensor
}

/**
 * The session's weights and slots, each in two buffers: a dispatch reads one and writes the other, and they change
 * roles when it has succeeded. Programs share it by entry name.
 */
export class SessionState {
  readonly #slots = new Map<string, Slot>()
  #busy = false

  constructor(initial: SessionOptions['state']) {
    for (const { entry, value } of initial) {
      const size = sizeOf(entry.shape)
      if (value.length !== size) throw new Error(`state ${entry.name}: ${value.length} elements, expected ${size}`)
      const tensor = (data: Float32Array): Tensor => new Tensor('float32', data, entry.shape)
      this.#slots.set(entry.name, { current: tensor(Float32Array.from(value)), spare: tensor(new Float32Array(size)) })
    }
  }

  /** The entry's value, checked against the shape that a program expects. */
  current(name: string, shape: readonly number[]): Tensor {
    const { current } = this.#slot(name)
    if (current.dims.join() !== shape.join()) throw new Error(`state ${name} has shape [${current.dims.join()}], the program expects [${shape.join()}]`)
    return current
  }

  /** Where the entry's next value goes. */
  spare(name: string): Tensor {
    return this.#slot(name).spare
  }

  /** Runs a dispatch, then makes the spare buffers of `names` the current ones. Dispatches of one session take turns. */
  async dispatch(names: readonly string[], body: () => Promise<unknown>): Promise<void> {
    if (this.#busy) throw new Error('a dispatch of this session is still running')
    this.#busy = true
    try {
      await body()
      this.#advance(names)
    } finally {
      this.#busy = false
    }
  }

  #advance(names: readonly string[]): void {
    for (const name of names) {
      const slot = this.#slot(name)
      const { current } = slot
      slot.current = slot.spare
      slot.spare = current
    }
  }

  read(): Map<string, Float32Array> {
    return new Map([...this.#slots].map(([name, { current }]) => [name, Float32Array.from(floats(current))]))
  }

  write(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, value] of values) {
      const target = floats(this.#slot(name).current)
      if (value.length !== target.length) throw new Error(`state ${name}: ${value.length} elements, expected ${target.length}`)
      target.set(value)
    }
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (!slot) throw new Error(`the session has no state ${name}`)
    return slot
  }
}

function floats(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array
}
