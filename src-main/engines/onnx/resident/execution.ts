import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Program } from '@shared/compile/program'
import { sizeOf } from '@shared/graph'
import type { Placement } from '@shared/protocol/devices'
import type { Execution, StepBatch, StepOutputs } from '../../engine'
import { checkBatch, inputTensor } from '../execution'
import { profilePlacements } from '../profile'
import { changedEntries, nextStateName, outputName, ROWS, stateName, stepName, tableName } from '../program/interface'
import { outputType } from '../program/loop'
import { pastName, SLOT, stepModel, WINDOW, type StepModel } from '../program/step'
import { sessionOptions, type RuntimeOptions } from '../runtime'
import { Reader, upload, type Moved, type Uploaded } from './transfer'

/** What an execution shares with its session. */
export interface Residence {
  /** Rows of the tables. */
  readonly rows: number
  /** Throws where a step asks for rows that the tables have not. */
  check(rows: Int32Array): void
  /** On the device, by the names that the program knows. */
  readonly tables: ReadonlyMap<string, Tensor>
  readonly runtime: RuntimeOptions
  state(name: string): Tensor
  /** Puts new values in place of state entries and frees the old ones. */
  advance(next: ReadonlyMap<string, Tensor>): void
}

/** One program, a step a call; outputs are read from the device once for every window of steps. */
export class ResidentExecution implements Execution {
  readonly #changed: readonly string[]
  readonly #reader: Reader
  #past: Map<string, Tensor>
  #disposed = false

  private constructor(
    readonly program: Program,
    private readonly residence: Residence,
    private readonly inputs: Pick<StepModel, 'state' | 'steps'>,
    private readonly session: InferenceSession,
    windows: readonly Moved[],
    private readonly first: Uploaded,
  ) {
    this.#changed = changedEntries(program).map(({ name }) => name)
    this.#reader = new Reader(windows, residence.runtime)
    this.#past = first.tensors
  }

  static async open(program: Program, residence: Residence): Promise<ResidentExecution> {
    const { runtime } = residence
    for (const { name, shape } of program.state) {
      const { dims } = residence.state(name)
      if (dims.join() !== shape.join()) throw new Error(`state ${name} has shape [${dims.join()}], the program expects [${shape.join()}]`)
    }
    const windows = program.outputs.map(({ name, tensor }): Moved => ({ name, type: outputType(tensor), shape: [WINDOW, ...tensor.shape] }))
    const first = await upload(windows.map((window) => ({ ...window, data: window.type === 'float32' ? new Float32Array(sizeOf(window.shape)) : new Int32Array(sizeOf(window.shape)) })), runtime)
    const model = stepModel(program, residence.rows)
    const session = await InferenceSession.create(model.bytes, { ...sessionOptions(runtime), preferredOutputLocation: 'gpu-buffer' })
    return new ResidentExecution(program, residence, model, session, windows, first)
  }

  async run(batch: StepBatch): Promise<StepOutputs> {
    checkBatch(this.program, batch)
    this.residence.check(batch.rows)
    const outputs = this.#outputs(batch.count)
    for (let from = 0; from < batch.count; from += WINDOW) {
      const count = Math.min(WINDOW, batch.count - from)
      for (let slot = 0; slot < count; slot++) await this.#step(batch, from + slot, slot)
      for (const [name, values] of await this.#reader.read(this.#past)) {
        const size = values.length / WINDOW
        outputs[name].set(values.subarray(0, count * size), from * size)
      }
    }
    return outputs
  }

  async #step(batch: StepBatch, index: number, slot: number): Promise<void> {
    const results = await this.session.run(this.#feeds(batch, index, slot))
    this.residence.advance(new Map(this.#changed.map((name) => [name, results[nextStateName(name)]])))
    for (const [name, tensor] of this.#past) {
      tensor.dispose()
      this.#past.set(name, results[outputName(name)])
    }
  }

  #feeds(batch: StepBatch, index: number, slot: number): Record<string, Tensor> {
    const { program, residence, inputs } = this
    const { batchSize } = program
    const feeds: Record<string, Tensor> = { [SLOT]: new Tensor('int32', Int32Array.of(slot), [1]) }
    if (program.rows.length > 0) feeds[ROWS] = new Tensor('int32', batch.rows.slice(index * batchSize, (index + 1) * batchSize), [batchSize])
    for (const [table, tensor] of residence.tables) feeds[tableName(table)] = tensor
    for (const { name } of inputs.state) feeds[stateName(name)] = residence.state(name)
    for (const { name, dtype, shape } of inputs.steps) {
      const size = sizeOf(shape)
      feeds[stepName(name)] = inputTensor(dtype, batch.inputs[name].slice(index * size, (index + 1) * size), shape)
    }
    for (const [name, tensor] of this.#past) feeds[pastName(name)] = tensor
    return feeds
  }

  async placements(batch: StepBatch): Promise<readonly Placement[]> {
    checkBatch(this.program, batch)
    this.residence.check(batch.rows)
    const { runtime, rows } = this.residence
    const run = async (session: InferenceSession): Promise<void> => {
      for (const tensor of Object.values(await session.run(this.#feeds(batch, 0, 0)))) tensor.dispose()
    }
    return await profilePlacements({ model: stepModel(this.program, rows).bytes, runtime, location: 'gpu-buffer', run })
  }

  #outputs(count: number): Record<string, Float32Array | Int32Array> {
    return Object.fromEntries(
      this.program.outputs.map(({ name, tensor }) => {
        const size = count * sizeOf(tensor.shape)
        return [name, outputType(tensor) === 'float32' ? new Float32Array(size) : new Int32Array(size)]
      }),
    )
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    for (const tensor of this.#past.values()) tensor.dispose()
    this.#past = new Map()
    await this.#reader.release()
    await this.session.release()
    await this.first.release()
  }
}
