import type { Program } from '@shared/compile/program'
import type { EngineSession, Execution, SessionOptions, StepBatch } from '../engine'
import { OnnxExecution } from './execution'
import { findNonFinite } from './non-finite'
import type { RuntimeOptions } from './runtime'
import { SessionState } from './state'
import { PartTables } from './tables'

export class OnnxSession implements EngineSession {
  readonly #state: SessionState
  readonly #tables: SessionOptions['tables']
  readonly #runtime: RuntimeOptions
  readonly #executions = new Set<OnnxExecution>()

  constructor({ state, tables, threads }: SessionOptions, runtime: Pick<RuntimeOptions, 'provider' | 'block'>) {
    this.#state = new SessionState(state)
    this.#tables = tables
    this.#runtime = { ...runtime, threads }
  }

  async prepare(program: Program, part: string): Promise<Execution> {
    const execution = new OnnxExecution(program, new PartTables(this.#tables, part, program.rows), this.#state, this.#runtime)
    await execution.warmUp()
    this.#executions.add(execution)
    return execution
  }

  async readState(): Promise<Map<string, Float32Array>> {
    return this.#state.read()
  }

  async writeState(state: ReadonlyMap<string, Float32Array>): Promise<void> {
    this.#state.write(state)
  }

  async findNonFinite(program: Program, part: string, batch: StepBatch): Promise<{ readonly scope: string; readonly op: string } | null> {
    return await findNonFinite(program, new PartTables(this.#tables, part, program.rows), this.#state, this.#runtime, batch)
  }

  async dispose(): Promise<void> {
    for (const execution of this.#executions) await execution.dispose()
    this.#executions.clear()
  }
}
