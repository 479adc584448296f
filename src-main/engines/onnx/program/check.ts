import type { Program } from '@shared/compile/program'
import { reachable } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { Emitter } from '../lowerings/emitter'
import { emitLowerings, planLowerings } from '../lowerings/plan'
import { PLAIN_TABLE } from '../lowerings/table'
import { CONTRIB_DOMAIN, encodeModel, OnnxGraph } from '../model'
import { resultsOf, ROWS, stateName, stepName, tableName } from './interface'

/** Name of the diagnostic model's output: float32 `[tensors]`, 0 where all elements are finite, NaN elsewhere. */
export const CHECKS = 'checks'

/** The float32 tensors of a step that the diagnostic model looks at, in graph order: constants hold what they hold. */
export function checkedTensors(program: Program): Tensor[] {
  return reachable(resultsOf(program)).filter((tensor) => tensor.dtype === 'float32' && tensor.op !== 'constant')
}

/** The program's first step, in plain forms so that every tensor exists, with one number for each tensor. */
export function checkModel(program: Program, tableRows: number): Uint8Array {
  const model = new OnnxGraph('check')
  const emitter = new Emitter(model, PLAIN_TABLE)
  const tensors = checkedTensors(program)
  const first = emitter.scalar('int64', 0)
  for (const { name, shape, tensor } of program.state) emitter.bind(tensor, model.input(stateName(name), 'float32', shape))
  const rows = model.node('Gather', [model.input(ROWS, 'int32', [1, program.batchSize]), first], { axis: 0 })
  for (const { table, tensor } of program.rows) {
    const all = model.input(tableName(table), tensor.dtype, [tableRows, ...tensor.shape.slice(1)])
    emitter.bind(tensor, model.node('Gather', [all, rows], { axis: 0 }))
  }
  for (const { name, dtype, shape, tensor } of program.steps) {
    emitter.bind(tensor, model.node('Gather', [model.input(stepName(name), dtype, [1, ...shape]), first], { axis: 0 }))
  }
  emitLowerings(emitter, planLowerings(tensors, PLAIN_TABLE), tensors)
  // x · 0 is 0 for finite x and NaN for NaN and ±Inf, and stays so in a sum.
  const checks = tensors.map((tensor) => {
    const zeros = emitter.node('Mul', [emitter.value(tensor), emitter.scalar('float32', 0)])
    return emitter.reshape(emitter.node('ReduceSum', [zeros], { keepdims: 0 }), [1])
  })
  model.output(emitter.node('Concat', checks, { axis: 0 }), 'float32', [tensors.length], CHECKS)
  return encodeModel(model, { domains: [CONTRIB_DOMAIN] })
}
