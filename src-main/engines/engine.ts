import type { Program, StateEntry } from '@shared/compile/program'
import type { Shape } from '@shared/graph'
import type { DeviceReport, Placement } from '@shared/protocol/devices'

export type { DeviceReport } from '@shared/protocol/devices'

/** A table kept by the engine for the life of the session. */
export interface ResidentTable {
  readonly rows: number
  readonly rowShape: Shape
  readonly data: Float32Array | Int32Array
}

export interface SessionOptions {
  readonly device: string
  readonly threads: number
  /** Data sets by part: `train.features`, `validation.targets`. Not copied where the engine can avoid it. */
  readonly tables: ReadonlyMap<string, ResidentTable>
  /** Every state entry of the train program (the widest), with initial values. */
  readonly state: readonly { readonly entry: Pick<StateEntry, 'name' | 'shape'>; readonly value: Float32Array }[]
}

/** K consecutive steps. */
export interface StepBatch {
  readonly count: number
  /** Row numbers, `[count, batchSize]`. */
  readonly rows: Int32Array
  /** By step input's name, `[count, …shape]`. */
  readonly inputs: Readonly<Record<string, Float32Array | Int32Array>>
}

/** By output name, `[count, …shape]`; booleans and integers widened to numbers. Valid until the next call. */
export type StepOutputs = Readonly<Record<string, Float32Array | Int32Array>>

export interface Execution {
  readonly program: Program
  /** Runs the steps in order and advances the session's state; the result does not depend on how steps are grouped. */
  run(batch: StepBatch): Promise<StepOutputs>
  /** Where the operators of one step run, slowest first, found by running the batch's first step; the state stays as it is. */
  placements(batch: StepBatch): Promise<readonly Placement[]>
  /** Again, or after its session's: does nothing. */
  dispose(): Promise<void>
}

export interface EngineSession {
  /** Compiles a program against the session's state; `part` names the tables it gathers from: `train`, `validation`. */
  prepare(program: Program, part: string): Promise<Execution>
  /** Copies of the state entries, by name. */
  readState(): Promise<Map<string, Float32Array>>
  writeState(state: ReadonlyMap<string, Float32Array>): Promise<void>
  /** Evaluates every tensor of the program's graph for one step from the present state, without advancing it, and names
   *  the first (in graph order) that holds NaN or Inf; null when none does. For reports of runs that went bad. */
  findNonFinite(program: Program, part: string, batch: StepBatch): Promise<{ readonly scope: string; readonly op: string } | null>
  dispose(): Promise<void>
}

export interface Engine {
  /** `onnx`, `tfjs`. */
  readonly id: string
  /** Devices whose ids satisfy `only`, with their self-test run; never throws. */
  devices(only: (id: string) => boolean): Promise<readonly DeviceReport[]>
  /** Version of the library behind its devices, for the record of a run. */
  version(): Promise<string>
  open(options: SessionOptions): Promise<EngineSession>
}
