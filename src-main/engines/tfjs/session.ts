import * as tf from '@tensorflow/tfjs-core'
import type { Program } from '@shared/compile/program'
import { constantOp, inputOp } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import type { EngineSession, Execution, SessionOptions, StepBatch } from '../engine'
import { downloadFloats, onBackend, openBackend, upload } from './backend'
import { TfjsExecution } from './execution'
import type { Resident } from './execution'

/** Opens a session on a tfjs device; throws where the device cannot be had. */
export async function openSession(options: SessionOptions): Promise<EngineSession> {
  return sessionOn(await openBackend(options.device), options)
}

/** Opens a session on a backend of tfjs-core that has started. */
export async function sessionOn(backend: string, options: SessionOptions): Promise<EngineSession> {
  return new TfjsSession(await onBackend(backend, () => makeResident(backend, options)))
}

function makeResident(backend: string, options: SessionOptions): Resident {
  const tables = [...options.tables].map(([name, { rows, rowShape, data }]): [string, tf.Tensor] => [
    name,
    upload(data, [rows, ...rowShape], data instanceof Float32Array ? 'float32' : 'int32'),
  ])
  const state = options.state.map(({ entry, value }): [string, tf.Tensor] => [entry.name, upload(value.slice(), entry.shape, 'float32')])
  return { backend, state: new Map(state), tables: new Map(tables), executions: new Set() }
}

class TfjsSession implements EngineSession {
  readonly #resident: Resident

  constructor(resident: Resident) {
    this.#resident = resident
  }

  prepare(program: Program, part: string): Promise<Execution> {
    return this.#prepare(program, part)
  }

  readState(): Promise<Map<string, Float32Array>> {
    return onBackend(this.#resident.backend, () => new Map([...this.#resident.state].map(([name, value]) => [name, downloadFloats(value)])))
  }

  writeState(state: ReadonlyMap<string, Float32Array>): Promise<void> {
    return onBackend(this.#resident.backend, () => {
      for (const [name, value] of state) {
        const old = this.#resident.state.get(name)
        if (!old) throw new Error(`tfjs: the session has no state ${name}`)
        this.#resident.state.set(name, upload(value.slice(), old.shape, 'float32'))
        old.dispose()
      }
    })
  }

  async findNonFinite(program: Program, part: string, batch: StepBatch): Promise<{ readonly scope: string; readonly op: string } | null> {
    const execution = await this.#prepare(program, part)
    try {
      const node = await execution.find(batch, isNonFinite)
      return node && { scope: node.op === inputOp.name ? String(node.attrs.name) : node.scope, op: node.op }
    } finally {
      await execution.dispose()
    }
  }

  async dispose(): Promise<void> {
    for (const execution of this.#resident.executions) await execution.dispose()
    await onBackend(this.#resident.backend, () => {
      tf.dispose([...this.#resident.state.values(), ...this.#resident.tables.values()])
      this.#resident.state.clear()
    })
  }

  #prepare(program: Program, part: string): Promise<TfjsExecution> {
    return onBackend(this.#resident.backend, () => new TfjsExecution(program, part, this.#resident))
  }
}

/** Constants are meant as they are: the −Inf of a mask is no fault. */
function isNonFinite(node: Tensor, value: tf.Tensor): boolean {
  return node.dtype === 'float32' && node.op !== constantOp.name && !value.dataSync().every(Number.isFinite)
}
