import * as tf from '@tensorflow/tfjs-core'
import type { Program } from '@shared/compile/program'
import { randomBitsOp, sizeOf } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { Placement } from '@shared/protocol/devices'
import type { Execution, StepBatch, StepOutputs } from '../engine'
import { download, onBackend, upload } from './backend'
import { planProgram, runPlan, uploadConstants, valueOf } from './plan'
import type { PlanNode, StepValues } from './plan'

/** What an execution shares with its session: tensors that outlive a step. */
export interface Resident {
  readonly backend: string
  /** By state entry's name. An execution replaces the entries that its program advances. */
  readonly state: Map<string, tf.Tensor>
  /** By part and table: `train.features`. */
  readonly tables: ReadonlyMap<string, tf.Tensor>
  /** Those not disposed yet. */
  readonly executions: Set<TfjsExecution>
}

type Observe = (node: Tensor, value: tf.Tensor) => boolean

/** A program prepared for one session: constants on the device, kernels chosen. */
export class TfjsExecution implements Execution {
  readonly #plan: readonly PlanNode[]
  readonly #constants: StepValues

  constructor(
    readonly program: Program,
    readonly part: string,
    readonly resident: Resident,
  ) {
    checkResident(program, part, resident)
    this.#plan = planProgram(program)
    this.#constants = uploadConstants(this.#plan)
    resident.executions.add(this)
  }

  run(batch: StepBatch): Promise<StepOutputs> {
    return onBackend(this.resident.backend, () => {
      const steps = Array.from({ length: batch.count }, (_, step) => this.#advance(batch, step))
      return this.#collect(steps)
    })
  }

  /** By kernel of tfjs-core: all of a backend's kernels run on its device, but random bits are made by the host. */
  async placements(batch: StepBatch): Promise<readonly Placement[]> {
    const { kernels } = await tf.profile(async () => void (await this.find(batch, () => false)))
    const hosted = this.#plan.filter(({ node }) => node.op === randomBitsOp.name)
    const groups = [...new Set(kernels.map(({ name }) => name))].map((operator): Placement => {
      const of = kernels.filter(({ name }) => name === operator)
      return { operator, place: 'device', count: of.length, milliseconds: of.reduce((sum, { kernelTimeMs }) => sum + (typeof kernelTimeMs === 'number' ? kernelTimeMs : 0), 0), scopes: [] }
    })
    if (hosted.length > 0) groups.push({ operator: randomBitsOp.name, place: 'cpu', count: hosted.length, milliseconds: 0, scopes: [...new Set(hosted.map(({ node }) => node.scope))] })
    return groups.toSorted((a, b) => b.milliseconds - a.milliseconds)
  }

  /** The first tensor, in graph order, whose value `test` finds bad in the batch's first step; the state stays. */
  find(batch: StepBatch, test: (node: Tensor, value: tf.Tensor) => boolean): Promise<Tensor | null> {
    return onBackend(this.resident.backend, () => {
      let found: Tensor | null = null
      tf.tidy(() => {
        this.#execute(batch, 0, (node, value) => {
          if (test(node, value)) found = node
          return found === null
        })
      })
      return found
    })
  }

  dispose(): Promise<void> {
    return onBackend(this.resident.backend, () => {
      tf.dispose([...this.#constants.values()])
      this.#constants.clear()
      this.resident.executions.delete(this)
    })
  }

  /** Executes one step and puts the new state in the old one's place. Gives the outputs, which the caller disposes. */
  #advance(batch: StepBatch, step: number): tf.Tensor[] {
    const advanced = this.program.state.filter(({ next }) => next !== null)
    const { state, outputs } = tf.tidy(() => {
      const values = this.#execute(batch, step, () => true)
      // Clones share memory. They keep what two roots have in common, or a root and an input, from being disposed twice.
      const keep = (tensor: Tensor): tf.Tensor => valueOf(values, tensor).clone()
      return { state: advanced.flatMap(({ next }) => (next ? [keep(next)] : [])), outputs: this.program.outputs.map(({ tensor }) => keep(tensor)) }
    })
    advanced.forEach(({ name }, index) => {
      this.resident.state.get(name)?.dispose()
      this.resident.state.set(name, state[index])
    })
    return outputs
  }

  /** Values of one step, until `observe` says no. Inside a `tf.tidy`, which disposes what is left. */
  #execute(batch: StepBatch, step: number, observe: Observe): StepValues {
    const values = this.#feed(batch, step)
    runPlan(this.#plan, values, observe)
    return values
  }

  #feed(batch: StepBatch, step: number): StepValues {
    const values: StepValues = new Map(this.#constants)
    for (const { name, tensor } of this.program.state) values.set(tensor.id, entryOf(this.resident.state, name, 'state'))
    this.#feedRows(values, batch, step)
    for (const { name, dtype, shape, tensor } of this.program.steps) {
      const data = batch.inputs[name]
      if (!data) throw new Error(`tfjs: step input ${name} is not fed`)
      const size = sizeOf(shape)
      values.set(tensor.id, upload(data.slice(step * size, (step + 1) * size), shape, dtype))
    }
    return values
  }

  #feedRows(values: StepValues, batch: StepBatch, step: number): void {
    const { rows, batchSize } = this.program
    if (rows.length === 0) return
    const numbers = upload(batch.rows.slice(step * batchSize, (step + 1) * batchSize), [batchSize], 'int32')
    for (const { table, tensor } of rows) {
      const gathered = tf.gather(entryOf(this.resident.tables, `${this.part}.${table}`, 'table'), numbers)
      values.set(tensor.id, tf.cast(gathered, tensor.dtype))
    }
  }

  #collect(steps: readonly (readonly tf.Tensor[])[]): StepOutputs {
    const outputs = this.program.outputs.map(({ name, tensor }, index) => {
      const size = sizeOf(tensor.shape)
      const all = tensor.dtype === 'float32' ? new Float32Array(steps.length * size) : new Int32Array(steps.length * size)
      steps.forEach((outputs, step) => { all.set(download(outputs[index]), step * size) })
      return [name, all] as const
    })
    for (const outputs of steps) tf.dispose([...outputs])
    return Object.fromEntries(outputs)
  }
}

function entryOf(entries: ReadonlyMap<string, tf.Tensor>, name: string, kind: string): tf.Tensor {
  const entry = entries.get(name)
  if (!entry) throw new Error(`tfjs: the session has no ${kind} ${name}`)
  return entry
}

function checkResident(program: Program, part: string, { state, tables }: Resident): void {
  for (const { name, shape } of program.state) checkShape(`state ${name}`, shape, entryOf(state, name, 'state').shape)
  for (const { table, tensor } of program.rows) {
    const [, ...row] = entryOf(tables, `${part}.${table}`, 'table').shape
    checkShape(`table ${part}.${table}`, tensor.shape.slice(1), row)
  }
}

function checkShape(what: string, wanted: readonly number[], found: readonly number[]): void {
  if (wanted.join() !== found.join()) throw new Error(`tfjs: ${what} is [${found.join(', ')}], the program wants [${wanted.join(', ')}]`)
}
