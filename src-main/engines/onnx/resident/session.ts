import type { Tensor } from 'onnxruntime-node'
import type { Program } from '@shared/compile/program'
import type { EngineSession, Execution, SessionOptions, StepBatch } from '../../engine'
import { findNonFinite } from '../non-finite'
import type { RuntimeOptions } from '../runtime'
import { SessionState } from '../state'
import { PartTables } from '../tables'
import { ResidentExecution } from './execution'
import { Reader, upload, type Moved, type Uploaded } from './transfer'

/** A session whose tables and state live in the device's memory. */
export class ResidentSession implements EngineSession {
  readonly #executions = new Set<ResidentExecution>()
  readonly #reader: Reader
  readonly #moved: readonly Moved[]
  readonly #uploads: Uploaded[] = []
  readonly #state = new Map<string, Tensor>()
  /** By table's name; `train.features`. Uploaded when a program first gathers from it. */
  readonly #tables = new Map<string, Tensor>()

  private constructor(
    private readonly options: SessionOptions,
    private readonly runtime: RuntimeOptions,
  ) {
    this.#moved = options.state.map(({ entry: { name, shape } }) => ({ name, type: 'float32', shape }))
    this.#reader = new Reader(this.#moved, runtime)
  }

  static async open(options: SessionOptions, runtime: RuntimeOptions): Promise<ResidentSession> {
    const session = new ResidentSession(options, runtime)
    await session.writeState(new Map(options.state.map(({ entry, value }) => [entry.name, value])))
    return session
  }

  async prepare(program: Program, part: string): Promise<Execution> {
    // Checks that the tables fit.
    const host = new PartTables(this.options.tables, part, program.rows)
    await this.#uploadTables(program, part)
    const tables = new Map(program.rows.map(({ table }) => [table, found(this.#tables, `${part}.${table}`)]))
    const execution = await ResidentExecution.open(program, { rows: host.rows, check: (rows) => void host.access(rows, program.batchSize), tables, runtime: this.runtime, state: (name) => found(this.#state, name), advance: (next) => this.#advance(next) })
    this.#executions.add(execution)
    return execution
  }

  async #uploadTables(program: Program, part: string): Promise<void> {
    const missing = program.rows.flatMap(({ table, tensor }) => {
      const name = `${part}.${table}`
      const known = this.options.tables.get(name)
      if (known === undefined || this.#tables.has(name)) return []
      return [{ name, type: known.data instanceof Float32Array ? ('float32' as const) : ('int32' as const), shape: [known.rows, ...tensor.shape.slice(1)], data: known.data }]
    })
    for (const [name, tensor] of await this.#upload(missing)) this.#tables.set(name, tensor)
  }

  #advance(next: ReadonlyMap<string, Tensor>): void {
    for (const [name, tensor] of next) {
      this.#state.get(name)?.dispose()
      this.#state.set(name, tensor)
    }
  }

  async readState(): Promise<Map<string, Float32Array>> {
    const read = await this.#reader.read(this.#state)
    return new Map([...read].map(([name, data]) => [name, Float32Array.from(data)]))
  }

  async writeState(state: ReadonlyMap<string, Float32Array>): Promise<void> {
    const values = this.#moved.flatMap((moved) => {
      const data = state.get(moved.name)
      return data === undefined ? [] : [{ ...moved, data }]
    })
    this.#advance(await this.#upload(values))
  }

  async #upload(values: Parameters<typeof upload>[0]): Promise<Map<string, Tensor>> {
    const uploaded = await upload(values, this.runtime)
    this.#uploads.push(uploaded)
    return uploaded.tensors
  }

  /** On the host: every tensor must exist by itself, and it is asked for once, when a run has gone bad. */
  async findNonFinite(program: Program, part: string, batch: StepBatch): Promise<{ readonly scope: string; readonly op: string } | null> {
    const values = await this.readState()
    const state = new SessionState(this.options.state.map(({ entry }) => ({ entry, value: values.get(entry.name) ?? new Float32Array() })))
    return await findNonFinite(program, new PartTables(this.options.tables, part, program.rows), state, { ...this.runtime, provider: 'cpu' }, batch)
  }

  async dispose(): Promise<void> {
    // Tensors before the sessions in whose memory they lie.
    for (const tensor of [...this.#state.values(), ...this.#tables.values()]) tensor.dispose()
    this.#state.clear()
    this.#tables.clear()
    for (const execution of this.#executions) await execution.dispose()
    this.#executions.clear()
    await this.#reader.release()
    for (const uploaded of this.#uploads) await uploaded.release()
  }
}

function found(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`the session has no ${name}`)
  return tensor
}
