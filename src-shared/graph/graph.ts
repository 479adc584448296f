import { constantTensor, inputOp, scalarConstant } from './leaves'
import type { Attrs, Body, ConstantData, DType, GraphBuilder, OpDefinition, Shape, Tensor } from './types'

/**
 * A static tensor graph under construction: append-only and in topological order. Equal expressions are made once
 * (same op, inputs and attributes), so lowerings may repeat themselves without cost.
 */
export class Graph implements GraphBuilder {
  readonly tensors: Tensor[] = []
  readonly inputs = new Map<string, Tensor>()
  readonly #known = new Map<string, Tensor>()
  #scope = ''

  /** Names the tensors appended by `body` for error reports; scopes nest with `/`. */
  scoped<T>(name: string, body: () => T): T {
    const outer = this.#scope
    this.#scope = outer === '' ? name : `${outer}/${name}`
    try {
      return body()
    } finally {
      this.#scope = outer
    }
  }

  /** A value fed on every step. Names are unique within a graph. */
  input(name: string, dtype: DType, shape: Shape): Tensor {
    if (this.inputs.has(name)) throw new Error(`graph input ${name} exists already`)
    const tensor = this.append(inputOp as unknown as OpDefinition, [], { name, dtype, shape })
    this.inputs.set(name, tensor)
    return tensor
  }

  /** A scalar constant. */
  scalar(value: number, dtype: DType = 'float32'): Tensor {
    return scalarConstant(this, value, dtype)
  }

  /** A constant tensor, row-major. */
  constant(data: ConstantData, shape: Shape, dtype: DType): Tensor {
    return constantTensor(this, data, shape, dtype)
  }

  /** The graph as a function of its inputs, in the order in which they were made. */
  body(outputs: readonly Tensor[]): Body {
    const keys = this.tensors.map(({ op, inputs, attrs }) => expressionKey(op, inputs, attrs))
    const results = outputs.map(({ id }) => id).join(',')
    return { inputs: [...this.inputs.values()], outputs, key: keys.includes(null) ? null : `${keys.join(';')} => ${results}` }
  }

  append(op: OpDefinition, inputs: readonly Tensor[], attrs: Attrs): Tensor {
    const key = expressionKey(op.name, inputs, attrs)
    const known = key === null ? undefined : this.#known.get(key)
    if (known) return known
    for (const input of inputs) if (input.graph !== this) throw new Error(`${op.name}: operand of another graph`)
    const type = op.infer(inputs, attrs)
    const tensor: Tensor = { ...type, id: this.tensors.length, graph: this, op: op.name, inputs, attrs, scope: this.#scope }
    this.tensors.push(tensor)
    if (key !== null) this.#known.set(key, tensor)
    return tensor
  }
}

/** Large constants are not compared: hashing them costs more than a second copy. */
const COMPARABLE_CONSTANT = 64

function expressionKey(op: string, inputs: readonly Tensor[], attrs: Attrs): string | null {
  const parts: string[] = [op, inputs.map((tensor) => tensor.id).join(',')]
  for (const name of Object.keys(attrs).sort()) {
    const value = attrs[name]
    if (ArrayBuffer.isView(value)) {
      if (value.length > COMPARABLE_CONSTANT) return null
      parts.push(`${name}=${value.constructor.name}:${Array.from(value, numberKey).join(',')}`)
    } else if (typeof value === 'object' && 'outputs' in value) {
      if (value.key === null) return null
      parts.push(`${name}={${value.key}}`)
    } else {
      parts.push(`${name}=${typeof value === 'number' ? numberKey(value) : JSON.stringify(value)}`)
    }
  }
  return parts.join('|')
}

/** Tells −0 from 0 and NaN and the infinities from each other, which JSON does not. */
function numberKey(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
