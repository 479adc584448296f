import { gradients } from '../autodiff'
import { apply, expectDType, sameShape, sizeOf } from '../define'
import { prepareEvaluation } from '../evaluate'
import { Graph } from '../graph'
import { inlined } from '../inline'
import { scalarConstant } from '../leaves'
import type { Body, OpDefinition, Shape, Tensor, Values } from '../types'
import { ShapeError } from '../types'
import { add } from './add'
import { broadcastTo } from './broadcast-to'
import { mul } from './mul'
import { reduceSum } from './reduce-sum'
import { scanOutput } from './scan-output'

/** Of the operands the first `states` are carried from step to step, the next `sequences` are read along their first axis; all steps see the rest. */
export type ScanAttrs = {
  /** From an operand each (of a sequence, what a step reads) to the next states and what a step gives. */
  readonly body: Body
  readonly states: number
  readonly sequences: number
  /** Whether the last step comes first; what a step gives stands where it has read. */
  readonly backward: boolean
}

/** The same few tensors computed step by step: a recurrence of any length in one op. */
export const scanOp: OpDefinition<ScanAttrs> = {
  name: 'scan',
  doc: 'Applies a body to states and to each step of sequences, float32: one row of elements that holds the final states, then what all steps gave, `[steps, …]` each, one after another.',
  infer(operands, attrs) {
    for (const { dtype } of operands) expectDType('scan', dtype, 'float32')
    checkBody(operands.map(({ shape }) => shape), attrs)
    return { dtype: 'float32', shape: [resultsOf(operands, attrs).reduce((sum, shape) => sum + sizeOf(shape), 0)] }
  },
  gradient: ({ inputs, attrs }, dy) => scanGradient(inputs, attrs, dy),
  evaluate(operands, attrs, { shape }) {
    const { body, states, sequences, backward } = attrs
    const run = prepareEvaluation(body.outputs)
    const steps = operands[states].shape[0]
    const names = body.inputs.map((input) => String(input.attrs.name))
    const results = resultsOf(operands, attrs)
    const all = new Float64Array(sizeOf(shape))
    const offsets = results.map((_, at) => results.slice(0, at).reduce((sum, before) => sum + sizeOf(before), 0))
    let carried = operands.slice(0, states)
    for (let count = 0; count < steps; count++) {
      const step = backward ? steps - 1 - count : count
      const read = operands.slice(states, states + sequences).map((sequence) => stepOf(sequence, step))
      const found = run(new Map([...carried, ...read, ...operands.slice(states + sequences)].map((value, at) => [names[at], value])))
      carried = found.slice(0, states)
      found.slice(states).forEach(({ data }, at) => { all.set(data, offsets[states + at] + step * data.length) })
    }
    carried.forEach(({ data }, at) => { all.set(data, offsets[at]) })
    return all
  },
}

/** `states` `[…]` before the first step, `sequences` `[steps, …]`, of which there is one at least, and what all steps see. */
export interface ScanOperands {
  readonly states: readonly Tensor[]
  readonly sequences: readonly Tensor[]
  readonly shared?: readonly Tensor[]
}

/** What a step makes of its states, its part of each sequence and what all steps see. */
export type ScanStep = (operands: Required<ScanOperands>) => { readonly states: readonly Tensor[]; readonly outputs: readonly Tensor[] }

/** Final states, and what the steps gave, `[steps, …]`. */
export interface Scanned {
  readonly states: readonly Tensor[]
  readonly outputs: readonly Tensor[]
}

/** Carries states along sequences. What the body uses must come in by its operands: it is a graph of its own. */
export function scan({ states, sequences, shared = [] }: ScanOperands, step: ScanStep, { backward = false }: { readonly backward?: boolean } = {}): Scanned {
  const graph = new Graph()
  const made = step({
    states: states.map(({ shape }, at) => graph.input(`state${at}`, 'float32', shape)),
    sequences: sequences.map(({ shape }, at) => graph.input(`sequence${at}`, 'float32', shape.slice(1))),
    shared: shared.map(({ shape }, at) => graph.input(`shared${at}`, 'float32', shape)),
  })
  const operands = [...states, ...sequences, ...shared]
  const attrs: ScanAttrs = { body: graph.body([...made.states, ...made.outputs]), states: states.length, sequences: sequences.length, backward }
  const all = apply(scanOp, operands, attrs)
  const results = scanResults(all, resultsOf(operands, attrs))
  return { states: results.slice(0, states.length), outputs: results.slice(states.length) }
}

/** Shapes of the final states and of what all steps give. */
function resultsOf(operands: readonly { readonly shape: Shape }[], { body, states }: ScanAttrs): Shape[] {
  const [steps] = operands[states].shape
  return body.outputs.map(({ shape }, at) => (at < states ? shape : [steps, ...shape]))
}

function scanResults(all: Tensor, shapes: readonly Shape[]): Tensor[] {
  let offset = 0
  return shapes.map((shape, at) => {
    const result = scanOutput(all, { at, offset, shape })
    offset += sizeOf(shape)
    return result
  })
}

function checkBody(operands: readonly Shape[], { body, states, sequences }: ScanAttrs): void {
  const all = operands.slice(states, states + sequences)
  const fits = (shape: Shape, at: number): boolean => sameShape(body.inputs[at].shape, at >= states && at < states + sequences ? shape.slice(1) : shape)
  const carries = body.outputs.slice(0, states).every(({ shape }, at) => sameShape(shape, operands[at]))
  if (all.length === 0 || all.some(([steps]) => steps !== all[0][0]) || body.inputs.length !== operands.length || !operands.every(fits) || !carries || body.outputs.some(({ dtype }) => dtype !== 'float32')) {
    throw new ShapeError(`scan: the body does not fit its operands ${operands.map((shape) => `[${shape.join(', ')}]`).join(', ')}`)
  }
}

function stepOf({ shape: [, ...shape], data }: Values, step: number): Values {
  const size = sizeOf(shape)
  return { shape, data: data.subarray(step * size, (step + 1) * size) }
}

/**
 * Against the direction of the steps: each is computed again from the states that it started with, and differentiated.
 * Carried are the gradients of the states, and the sums of those of what all steps see.
 */
function scanGradient(operands: readonly Tensor[], attrs: ScanAttrs, dy: Tensor): Tensor[] {
  const { body, states: carried, sequences: read, backward } = attrs
  const parts = <T>(all: readonly T[]): [T[], T[], T[]] => [all.slice(0, carried), all.slice(carried, carried + read), all.slice(carried + read)]
  const [initial, sequences, shared] = parts(operands)
  const starts = scan({ states: initial, sequences, shared }, ({ states, sequences: here, shared: seen }) => ({ states: inlined(body, [...states, ...here, ...seen]).slice(0, carried), outputs: states }), { backward })
  const given = scanResults(dy, resultsOf(operands, attrs))
  const sums = shared.map((tensor) => broadcastTo(scalarConstant(tensor.graph, 0, 'float32'), tensor.shape))
  const found = scan(
    { states: [...given.slice(0, carried), ...sums], sequences: [...starts.outputs, ...sequences, ...given.slice(carried)], shared },
    ({ states, sequences: all, shared: seen }) => {
      const inputs = [...all.slice(0, carried + read), ...seen]
      const weights = [...states.slice(0, carried), ...all.slice(carried + read)]
      const total = inlined(body, inputs).map((output, at) => reduceSum(mul(output, weights[at]), { axes: output.shape.map((_, axis) => axis) })).reduce((sum, each) => add(sum, each))
      const [toStates, toSequences, toShared] = parts(gradients(total, inputs))
      return { states: [...toStates, ...toShared.map((gradient, at) => add(states[carried + at], gradient))], outputs: toSequences }
    },
    { backward: !backward },
  )
  return [...found.states.slice(0, carried), ...found.outputs, ...found.states.slice(carried)]
}
