import { sizeOf } from '@shared/graph'
import type { ScanAttrs, ScanOutputAttrs, Tensor } from '@shared/graph'
import { OnnxGraph } from '../model'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'
import { emitLowerings, planLowerings } from '../lowerings/plan'

/** Appends what computes the wanted results of a scan, by their places: final states, then what all steps give. */
export type ScanWriter = (emitter: Emitter, scan: Tensor, wanted: readonly number[]) => string[]

/** A Scan: its body is loaded once, whatever the number of steps, and its results are written where they stay. */
export const scanNode: ScanWriter = (emitter, scan, wanted) => {
  const { body, states, sequences, backward } = attrsOf(scan)
  const operands = emitter.values(scan.inputs)
  const graph = new OnnxGraph('scan', emitter.graph)
  const inner = emitter.forBody(graph)
  body.inputs.forEach((input, at) => { inner.bind(input, at < states + sequences ? graph.parameter('float32', String(input.attrs.name)) : operands[at]) })
  const places = neededPlaces(scan, wanted)
  const results = places.map((at) => body.outputs[at])
  emitLowerings(inner, planLowerings(results, inner.table), results)
  for (const result of results) graph.output(inner.value(result), 'float32', null)
  const directions = (count: number): number[] => new Array<number>(count).fill(Number(backward))
  const attributes = { body: graph, num_scan_inputs: sequences, scan_input_directions: directions(sequences), scan_output_directions: directions(places.length - states) }
  const names = emitter.nodes('Scan', operands.slice(0, states + sequences), attributes, places.length)
  return wanted.map((at) => names[places.indexOf(at)])
}

/** Steps up to which a device gets them written out. */
const MOST_UNROLLED = 32

/** On devices values pass through the host between the steps of a Scan. Few steps are better written out; many would take seconds to load. */
export const deviceScan: ScanWriter = (emitter, scan, wanted) => {
  const [steps] = scan.inputs[attrsOf(scan).states].shape
  return (steps > MOST_UNROLLED ? scanNode : unrolledScan)(emitter, scan, wanted)
}

/** One step after another. */
const unrolledScan: ScanWriter = (emitter, scan, wanted) => {
  const { body, states, sequences, backward } = attrsOf(scan)
  const operands = emitter.values(scan.inputs)
  const [steps] = scan.inputs[states].shape
  const places = neededPlaces(scan, wanted)
  const results = places.map((at) => body.outputs[at])
  const plan = planLowerings(results, emitter.table)
  const given: string[][] = places.map(() => [])
  let carried = operands.slice(0, states)
  for (let count = 0; count < steps; count++) {
    const step = backward ? steps - 1 - count : count
    const inner = emitter.forBody(emitter.graph)
    body.inputs.forEach((input, at) => {
      if (at < states) inner.bind(input, carried[at])
      else if (at >= states + sequences) inner.bind(input, operands[at])
      else inner.bind(input, emitter.node('Gather', [operands[at], emitter.scalar('int32', step)], { axis: 0 }))
    })
    emitLowerings(inner, plan, results)
    const found = inner.values(results)
    carried = found.slice(0, states)
    found.forEach((value, place) => given[place].splice(backward ? 0 : count, 0, value))
  }
  return wanted.map((at) => {
    if (at < states) return carried[at]
    const { shape } = body.outputs[at]
    return emitter.node('Concat', given[places.indexOf(at)].map((value) => emitter.reshape(value, [1, ...shape])), { axis: 0 })
  })
}

/** Of the body's outputs: all states, which the next step needs, and what is wanted. */
function neededPlaces(scan: Tensor, wanted: readonly number[]): number[] {
  const { states } = attrsOf(scan)
  return [...Array.from({ length: states }, (_, at) => at), ...wanted.filter((at) => at >= states)]
}

/** All results in one row. */
export function scanForm(write: ScanWriter): Form {
  return {
    op: 'scan',
    emit(emitter, scan) {
      const all = write(emitter, scan, attrsOf(scan).body.outputs.map((_, at) => at))
      return emitter.node('Concat', all.map((value) => emitter.reshape(value, [-1])), { axis: 0 })
    },
  }
}

const outputForm: Form = {
  op: 'scanOutput',
  emit(emitter, node) {
    const { offset } = node.attrs as ScanOutputAttrs
    const part = emitter.node('Slice', [emitter.value(node.inputs[0]), emitter.ints([offset]), emitter.ints([offset + sizeOf(node.shape)]), emitter.ints([0])])
    return emitter.reshape(part, node.shape)
  },
}

export const scanForms: readonly Form[] = [scanForm(scanNode), outputForm]

/** The op's own `infer` has checked them when the node was appended. */
function attrsOf(scan: Tensor): ScanAttrs {
  return scan.attrs as ScanAttrs
}
