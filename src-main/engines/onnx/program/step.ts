import type { Program } from '@shared/compile/program'
import type { Tensor } from '@shared/graph'
import { Emitter } from '../lowerings/emitter'
import { emitLowerings, planLowerings } from '../lowerings/plan'
import { DEVICE_TABLE } from '../lowerings/table'
import { CONTRIB_DOMAIN, encodeModel, OnnxGraph } from '../model'
import { changedEntries, nextStateName, outputName, resultsOf, ROWS, stateName, stepName, tableName } from './interface'
import { outputType } from './loop'

/** Steps whose outputs stay on the device until they are read together. */
export const WINDOW = 64

/** Number of the step in the window, int32 `[1]`. */
export const SLOT = 'slot'
/** An output of the last `WINDOW` steps, before and after this one. */
export const pastName = (output: string): string => `past/${output}`

export interface StepModel {
  readonly bytes: Uint8Array
  /** What the step reads or changes: the only inputs that the model has of state and steps. */
  readonly state: Program['state']
  readonly steps: Program['steps']
}

/**
 * One step as an ONNX model, for devices that keep state between calls: state and tables come in and go out as device
 * memory, and each output is written into its row of a window that stays there, too. There is no Loop: control flow
 * keeps providers from recording what they dispatch.
 */
export function stepModel(program: Program, tableRows: number): StepModel {
  const model = new OnnxGraph(program.kind)
  const results = resultsOf(program)
  const lowerings = planLowerings(results, DEVICE_TABLE)
  const used = new Set<Tensor>([...results, ...lowerings.flatMap((lowering) => lowering.inputs)])
  const state = program.state.filter(({ tensor, next }) => next !== null || used.has(tensor))
  const steps = program.steps.filter(({ tensor }) => used.has(tensor))
  const emitter = new Emitter(model, DEVICE_TABLE)
  for (const { name, shape, tensor } of state) emitter.bind(tensor, model.input(stateName(name), 'float32', shape))
  bindRows(model, emitter, program, tableRows)
  for (const { name, dtype, shape, tensor } of steps) emitter.bind(tensor, model.input(stepName(name), dtype, shape))
  emitLowerings(emitter, lowerings, results)
  for (const { name, next } of changedEntries(program)) model.output(emitter.value(next), 'float32', next.shape, nextStateName(name))
  const slots = model.constant('int32', Array.from({ length: WINDOW }, (_, slot) => slot), [WINDOW])
  const here = model.node('Equal', [slots, model.input(SLOT, 'int32', [1])], {}, { label: SLOT })
  for (const { name, tensor } of program.outputs) {
    const type = outputType(tensor)
    const past = model.input(pastName(name), type, [WINDOW, ...tensor.shape])
    const now = tensor.dtype === 'bool' ? emitter.cast(emitter.value(tensor), 'int32') : emitter.value(tensor)
    const mask = emitter.reshape(here, [WINDOW, ...tensor.shape.map(() => 1)])
    model.output(model.node('Where', [mask, emitter.reshape(now, [1, ...tensor.shape]), past], {}, { label: name }), type, [WINDOW, ...tensor.shape], outputName(name))
  }
  return { bytes: encodeModel(model, { domains: [CONTRIB_DOMAIN] }), state, steps }
}

function bindRows(model: OnnxGraph, emitter: Emitter, program: Program, tableRows: number): void {
  if (program.rows.length === 0) return
  const rows = model.input(ROWS, 'int32', [program.batchSize])
  for (const { table, tensor } of program.rows) {
    const all = model.input(tableName(table), tensor.dtype, [tableRows, ...tensor.shape.slice(1)])
    emitter.bind(tensor, model.node('Gather', [all, rows], { axis: 0 }, { label: table }))
  }
}
