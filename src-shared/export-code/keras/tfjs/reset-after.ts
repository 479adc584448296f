import type { KerasContext, Node, Placed } from '../context'

/** A gate of ±this is open or shut: the sigmoid of it is 1 or 0 in float32. */
const SATURATED = 1e4

/** The order of TensorFlow.js's LSTM gates, and that of a GRU's in the document. */
const [INPUT, FORGET, CANDIDATE, OUTPUT] = [0, 1, 2, 3]
const [UPDATE, RESET, STATE] = [0, 1, 2]
/** Blocks of the LSTM's units: the reset product, the update gate, and the two parts whose sum is the GRU's state. */
const [PRODUCT, GATE, GAINED, LOST] = [0, 1, 2, 3]
const BLOCKS = 4

/** Zeros with blocks written into them. */
class Matrix {
  readonly values: Float32Array

  constructor(
    rows: number,
    readonly width: number,
  ) {
    this.values = new Float32Array(rows * width)
  }

  put(row: number, column: number, [rows, columns]: readonly [number, number], valueOf: (row: number, column: number) => number): void {
    for (let at = 0; at < rows * columns; at++) this.values[(row + Math.floor(at / columns)) * this.width + column + (at % columns)] = valueOf(Math.floor(at / columns), at % columns)
  }
}

/**
 * A GRU whose reset gate multiplies the recurrent product, from `[time, features]`; TensorFlow.js's own multiplies the
 * state. An LSTM without activations says the same with four times the units and two readings of every step: the first
 * makes z and p = r ⊙ (h U + b), the second, with tanh(a) = 2σ(2a) − 1, h' = (z d + 2 (1 − z) σ(2 (x W + b + p))) +
 * (z e − (1 − z)) for h = d + e. Sequences that are read `backward` come last step first, as from any such layer.
 */
export function resetAfter(context: KerasContext, node: Node, input: Placed, { backward, wish, named }: { readonly backward: boolean; readonly wish: string; readonly named: (weight: string) => string }): string {
  const [steps, features] = input.shape
  const units = Number(node.units)
  const sequences = node.returnSequences === true
  const width = 2 * features + 2
  const layer = (name: string, from: string, className: string, config: Parameters<KerasContext['layer']>[3]): string => context.layer(`${wish}_${name}`, [from], className, config)

  const twice = context.layer(`${wish}_twice`, [input.name], 'Dense', { units: 2 * width }, { weights: readings(context, features, backward) })
  const read = layer('readings', twice, 'Reshape', { target_shape: [2 * steps, width] })
  const sources = node.useBias === true ? [named('bias'), named('recurrentBias')].map((own) => `${node.id}.${own}`) : []
  const kernel = { ...context.weight(node, named('kernel'), 'kernel', [width, 4 * BLOCKS * units], (values) => kernelOf(values, features, units)), also: sources }
  const recurrent = context.weight(node, named('recurrentKernel'), 'recurrent_kernel', [BLOCKS * units, 4 * BLOCKS * units], (values) => recurrentOf(values, units))
  const config = { units: BLOCKS * units, activation: 'linear', recurrent_activation: 'sigmoid', use_bias: false, ...(sequences ? { return_sequences: true } : {}), ...(backward ? { go_backwards: true } : {}) }
  const states = context.layer(`${wish}_states`, [read], 'LSTM', config, { weights: [kernel, recurrent] })
  const second = sequences ? layer('second', states, 'Reshape', { target_shape: [steps, 2 * BLOCKS * units] }) : states
  const rows = (sequences ? 2 : 1) * BLOCKS * units
  const sum = new Matrix(rows, units)
  for (const part of [GAINED, LOST]) sum.put(rows + (part - BLOCKS) * units, 0, [units, units], (row, column) => (row === column ? 1 : 0))
  return context.layer(wish, [second], 'Dense', { units, use_bias: false }, { weights: [context.values('kernel', [rows, units], sum.values)] })
}

/** A step as both readings see it, [x, 0, 1, 0] and [0, x, 0, 1], in the order in which they are read. */
function readings(context: KerasContext, features: number, backward: boolean) {
  const width = 2 * features + 2
  const [kernel, bias] = [new Matrix(features, 2 * width), new Matrix(1, 2 * width)]
  for (const reading of [0, 1]) {
    const start = (backward ? 1 - reading : reading) * width
    kernel.put(0, start + reading * features, [features, features], (row, column) => (row === column ? 1 : 0))
    bias.put(0, start + 2 * features + reading, [1, 1], () => 1)
  }
  return [context.values('kernel', [features, 2 * width], kernel.values), context.values('bias', [2 * width], bias.values)]
}

/** `values`: the kernel `[features, 3 · units]`, then its bias and the recurrent one, where there are any. */
function kernelOf(values: Float32Array, features: number, units: number): Float32Array {
  const matrix = new Matrix(2 * features + 2, 4 * BLOCKS * units)
  const column = (gate: number, block: number): number => (gate * BLOCKS + block) * units
  const put = (reading: number, gate: number, block: number, from: number, factor = 1): void =>
    matrix.put(reading * features, column(gate, block), [features, units], (row, unit) => factor * values[row * 3 * units + from * units + unit])
  const always = (reading: number, gate: number, block: number, valueOf: (unit: number) => number): void =>
    matrix.put(2 * features + reading, column(gate, block), [1, units], (_, unit) => valueOf(unit))
  const biases = values.length > features * 3 * units ? values.subarray(features * 3 * units) : new Float32Array(6 * units)
  const own = (gate: number) => (unit: number): number => biases[gate * units + unit]
  const recurrent = (gate: number) => (unit: number): number => biases[(3 + gate) * units + unit]
  const both = (gate: number) => (unit: number): number => own(gate)(unit) + recurrent(gate)(unit)

  put(0, INPUT, PRODUCT, RESET)
  put(0, INPUT, GATE, UPDATE)
  always(0, INPUT, PRODUCT, both(RESET))
  always(0, INPUT, GATE, both(UPDATE))
  always(0, CANDIDATE, PRODUCT, recurrent(STATE))
  always(0, CANDIDATE, GATE, () => 1)

  put(1, INPUT, GAINED, STATE, 2)
  always(1, INPUT, GAINED, (unit) => 2 * own(STATE)(unit))
  always(1, INPUT, LOST, () => SATURATED)
  always(1, CANDIDATE, GAINED, () => 2)
  always(1, CANDIDATE, LOST, () => -1)
  for (const part of [GAINED, LOST]) {
    always(0, INPUT, part, () => -SATURATED)
    always(0, FORGET, part, () => SATURATED)
    put(1, FORGET, part, UPDATE)
    always(1, FORGET, part, both(UPDATE))
  }
  for (const reading of [0, 1]) {
    for (const block of [PRODUCT, GATE]) always(reading, FORGET, block, () => -SATURATED)
    for (let block = 0; block < BLOCKS; block++) always(reading, OUTPUT, block, () => SATURATED)
  }
  return matrix.values
}

/** `values`: the recurrent kernel `[units, 3 · units]`. */
function recurrentOf(values: Float32Array, units: number): Float32Array {
  const matrix = new Matrix(BLOCKS * units, 4 * BLOCKS * units)
  const put = (from: number, gate: number, block: number, valueOf: (row: number, unit: number) => number): void =>
    matrix.put(from * units, (gate * BLOCKS + block) * units, [units, units], valueOf)
  const weights = (gate: number) => (row: number, unit: number): number => values[row * 3 * units + gate * units + unit]
  const same = (factor: number) => (row: number, unit: number): number => (row === unit ? factor : 0)
  for (const part of [GAINED, LOST]) {
    put(part, INPUT, PRODUCT, weights(RESET))
    put(part, INPUT, GATE, weights(UPDATE))
    put(part, CANDIDATE, PRODUCT, weights(STATE))
    put(part, FORGET, GAINED, weights(UPDATE))
    put(part, FORGET, LOST, weights(UPDATE))
  }
  put(PRODUCT, INPUT, GAINED, same(2))
  put(GATE, CANDIDATE, GAINED, same(-2))
  put(GATE, CANDIDATE, LOST, same(1))
  return matrix.values
}
