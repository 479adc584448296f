import { Tensor } from 'onnxruntime-node'
import type { InferenceSession } from 'onnxruntime-node'
import type { Program } from '@shared/compile/program'
import { sizeOf } from '@shared/graph'
import type { DType, Shape } from '@shared/graph'
import type { Placement } from '@shared/protocol/devices'
import type { Execution, StepBatch, StepOutputs } from '../engine'
import { changedEntries, COUNT, nextStateName, outputName, ROWS, stateName, stepName, tableName } from './program/interface'
import type { RowAccess } from './program/interface'
import { profilePlacements } from './profile'
import { loopModel, outputType } from './program/loop'
import { createSession } from './runtime'
import type { RuntimeOptions } from './runtime'
import type { SessionState } from './state'
import type { PartTables } from './tables'

/** One program, compiled; models are made when the first batch needs them. */
export class OnnxExecution implements Execution {
  readonly #models = new Map<RowAccess, Promise<InferenceSession>>()
  readonly #changed: readonly string[]
  #outputs: Readonly<Record<string, Tensor>> = {}
  #outputCount = 0

  constructor(
    readonly program: Program,
    readonly tables: PartTables,
    readonly state: SessionState,
    readonly runtime: RuntimeOptions,
  ) {
    this.#changed = changedEntries(program).map((entry) => entry.name)
    // Fails here rather than on the first batch when the session's state does not fit.
    for (const { name, shape } of program.state) state.current(name, shape)
  }

  /** Compiles the model that the first batch will most likely use. */
  async warmUp(): Promise<void> {
    const { program, tables } = this
    await this.#model(program.rows.length === 0 || program.batchSize === tables.rows ? 'table' : 'gather')
  }

  async run(batch: StepBatch): Promise<StepOutputs> {
    checkBatch(this.program, batch)
    const access = this.tables.access(batch.rows, this.program.batchSize)
    const model = await this.#model(access)
    const outputs = this.#outputTensors(batch.count)
    await this.state.dispatch(this.#changed, () => model.run(this.#feeds(batch, access), this.#fetches(outputs)))
    return Object.fromEntries(this.program.outputs.map(({ name }) => [name, outputs[name].data as Float32Array | Int32Array]))
  }

  async placements(batch: StepBatch): Promise<readonly Placement[]> {
    checkBatch(this.program, batch)
    const access = this.tables.access(batch.rows, this.program.batchSize)
    return await profilePlacements({ model: this.#loop(access), runtime: this.runtime, run: async (session) => void (await session.run(this.#feeds(batch, access))) })
  }

  async dispose(): Promise<void> {
    const models = [...this.#models.values()]
    this.#models.clear()
    for (const model of models) await (await model).release()
  }

  #model(access: RowAccess): Promise<InferenceSession> {
    const known = this.#models.get(access)
    if (known) return known
    const made = createSession(this.#loop(access), this.runtime)
    this.#models.set(access, made)
    return made
  }

  #loop(access: RowAccess): Uint8Array {
    return loopModel(this.program, { tableRows: this.tables.rows, access, block: this.runtime.block })
  }

  #feeds(batch: StepBatch, access: RowAccess): Record<string, Tensor> {
    const { program, state, tables } = this
    const feeds: Record<string, Tensor> = { [COUNT]: new Tensor('int64', BigInt64Array.of(BigInt(batch.count)), []) }
    if (access === 'gather') feeds[ROWS] = new Tensor('int32', batch.rows, [batch.count, program.batchSize])
    for (const { table } of program.rows) feeds[tableName(table)] = tables.tensor(table)
    for (const { name, shape } of program.state) feeds[stateName(name)] = state.current(name, shape)
    for (const { name, dtype, shape } of program.steps) feeds[stepName(name)] = inputTensor(dtype, batch.inputs[name], [batch.count, ...shape])
    return feeds
  }

  #fetches(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
    const fetches: Record<string, Tensor> = {}
    for (const name of this.#changed) fetches[nextStateName(name)] = this.state.spare(name)
    for (const { name } of this.program.outputs) fetches[outputName(name)] = outputs[name]
    return fetches
  }

  /** Written in place by the runtime; made anew when the number of steps changes. */
  #outputTensors(count: number): Readonly<Record<string, Tensor>> {
    if (this.#outputCount !== count) {
      this.#outputs = Object.fromEntries(
        this.program.outputs.map(({ name, tensor }) => {
          const size = count * sizeOf(tensor.shape)
          const type = outputType(tensor)
          return [name, new Tensor(type, type === 'float32' ? new Float32Array(size) : new Int32Array(size), [count, ...tensor.shape])]
        }),
      )
      this.#outputCount = count
    }
    return this.#outputs
  }
}

/** A step input as the library takes it: booleans come as 0 and 1, and are bytes there. */
export function inputTensor(dtype: DType, data: Float32Array | Int32Array, shape: Shape): Tensor {
  return dtype === 'bool' ? new Tensor('bool', Uint8Array.from(data), shape) : new Tensor(dtype, data as Float32Array, shape)
}

/** A batch that does not fit its program is a bug in the loop that made it. */
export function checkBatch(program: Program, { count, rows, inputs }: StepBatch): void {
  if (!Number.isInteger(count) || count < 1) throw new Error(`a dispatch needs at least one step, got ${count}`)
  if (rows.length !== count * program.batchSize) {
    throw new Error(`${rows.length} row numbers for ${count} steps of ${program.batchSize} rows`)
  }
  for (const { name, dtype, shape } of program.steps) {
    const value = inputs[name]
    if (value === undefined) throw new Error(`step input ${name} is missing`)
    const size = count * sizeOf(shape)
    if (value.length !== size) throw new Error(`step input ${name} has ${value.length} elements, expected ${size}`)
    if (value instanceof Float32Array !== (dtype === 'float32')) throw new Error(`step input ${name} must be ${dtype}`)
  }
}
