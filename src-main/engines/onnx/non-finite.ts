import { Tensor } from 'onnxruntime-node'
import type { Program } from '@shared/compile/program'
import { sizeOf } from '@shared/graph'
import type { StepBatch } from '../engine'
import { checkBatch, inputTensor } from './execution'
import { CHECKS, checkedTensors, checkModel } from './program/check'
import { ROWS, stateName, stepName, tableName } from './program/interface'
import { createSession } from './runtime'
import type { RuntimeOptions } from './runtime'
import type { SessionState } from './state'
import type { PartTables } from './tables'

/** The first tensor that holds NaN or Inf in the batch's first step, computed from the present state. */
export async function findNonFinite(
  program: Program,
  tables: PartTables,
  state: SessionState,
  runtime: RuntimeOptions,
  batch: StepBatch,
): Promise<{ readonly scope: string; readonly op: string } | null> {
  checkBatch(program, batch)
  const feeds: Record<string, Tensor> = { [ROWS]: new Tensor('int32', batch.rows.slice(0, program.batchSize), [1, program.batchSize]) }
  for (const { name, shape } of program.state) feeds[stateName(name)] = state.current(name, shape)
  for (const { table } of program.rows) feeds[tableName(table)] = tables.tensor(table)
  for (const { name, dtype, shape } of program.steps) feeds[stepName(name)] = inputTensor(dtype, batch.inputs[name].slice(0, sizeOf(shape)), [1, ...shape])
  const model = await createSession(checkModel(program, tables.rows), runtime, 'basic')
  try {
    const { [CHECKS]: checks } = await model.run(feeds)
    const bad = (checks.data as Float32Array).findIndex((check) => check !== 0)
    if (bad < 0) return null
    const { scope, op, attrs } = checkedTensors(program)[bad]
    return { scope: op === 'input' && typeof attrs.name === 'string' ? attrs.name : scope, op }
  } finally {
    await model.release()
  }
}
