import type { Program } from '@shared/compile/program'
import type { Tensor } from '@shared/graph'
import { Emitter } from '../lowerings/emitter'
import { emitLowerings, planLowerings } from '../lowerings/plan'
import { FULL_TABLE } from '../lowerings/table'
import { CONTRIB_DOMAIN, encodeModel, NCHWC_DOMAIN, OnnxGraph } from '../model'
import { changedEntries, COUNT, nextStateName, outputName, resultsOf, ROWS, stateName, stepName, tableName } from './interface'
import type { RowAccess } from './interface'

/** Number of steps of one dispatch: known when the model runs. */
const STEPS = 'steps'

export interface LoopOptions {
  /** Rows of the tables that the program gathers from. */
  readonly tableRows: number
  readonly access: RowAccess
  /** The runtime's block of channels; null keeps all images in the plain layout. */
  readonly block: number | null
}

/**
 * The program as an ONNX model that runs any number of steps in one call: a Loop whose body is the whole step. State
 * that changes goes around the loop; tables, other state and the steps' inputs stay outside and are seen by the body.
 * One step is a loop of one, so results do not depend on how steps are grouped.
 */
export function loopModel(program: Program, { tableRows, access, block }: LoopOptions): Uint8Array {
  const model = new OnnxGraph(program.kind)
  const results = resultsOf(program)
  const lowerings = planLowerings(results, FULL_TABLE)
  const used = new Set<Tensor>([...results, ...lowerings.flatMap((lowering) => lowering.inputs)])
  const body = new OnnxGraph('step', model)
  const emitter = new Emitter(body, FULL_TABLE, block)
  const changed = changedEntries(program)

  const count = model.input(COUNT, 'int64', [])
  const iteration = body.input('iteration', 'int64', [])
  const goOn = body.input('goOn', 'bool', [])
  for (const { name, shape, tensor, next } of program.state) {
    if (next !== null || used.has(tensor)) model.input(stateName(name), 'float32', shape)
    emitter.bind(tensor, next === null ? stateName(name) : body.input(`carried/${name}`, 'float32', shape))
  }
  bindRows(model, emitter, program, tableRows, access, iteration)
  for (const { name, dtype, shape, tensor } of program.steps) {
    const all = model.input(stepName(name), dtype, [STEPS, ...shape])
    if (used.has(tensor)) emitter.bind(tensor, body.node('Gather', [all, iteration], { axis: 0 }, { label: name }))
  }
  emitLowerings(emitter, lowerings, results)

  body.output(goOn, 'bool', [])
  for (const { next } of changed) body.output(emitter.value(next), 'float32', next.shape)
  for (const { tensor } of program.outputs) {
    const widened = tensor.dtype === 'bool' ? emitter.cast(emitter.value(tensor), 'int32') : emitter.value(tensor)
    body.output(widened, outputType(tensor), tensor.shape)
  }
  model.nodes('Loop', [count, '', ...changed.map(({ name }) => stateName(name))], { body }, 0, {
    outputs: [...changed.map(({ name }) => nextStateName(name)), ...program.outputs.map(({ name }) => outputName(name))],
  })
  for (const { name, shape } of changed) model.output(nextStateName(name), 'float32', shape)
  for (const { name, tensor } of program.outputs) model.output(outputName(name), outputType(tensor), [STEPS, ...tensor.shape])
  return encodeModel(model, { domains: block === null ? [CONTRIB_DOMAIN] : [CONTRIB_DOMAIN, NCHWC_DOMAIN] })
}

/** The element type in which an output leaves the engine. */
export function outputType(tensor: Tensor): 'float32' | 'int32' {
  return tensor.dtype === 'float32' ? 'float32' : 'int32'
}

function bindRows(model: OnnxGraph, emitter: Emitter, program: Program, tableRows: number, access: RowAccess, iteration: string): void {
  for (const { table, tensor } of program.rows) model.input(tableName(table), tensor.dtype, [tableRows, ...tensor.shape.slice(1)])
  if (access === 'table') {
    for (const { table, tensor } of program.rows) emitter.bind(tensor, tableName(table))
    return
  }
  const all = model.input(ROWS, 'int32', [STEPS, program.batchSize])
  const rows = emitter.graph.node('Gather', [all, iteration], { axis: 0 }, { label: ROWS })
  for (const { table, tensor } of program.rows) {
    emitter.bind(tensor, emitter.graph.node('Gather', [tableName(table), rows], { axis: 0 }, { label: table }))
  }
}
