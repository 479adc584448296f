import { Tensor } from 'onnxruntime-node'
import type { RowInput } from '@shared/compile/program'
import type { ResidentTable, SessionOptions } from '../engine'
import type { RowAccess } from './program/interface'

/** The tables of one part of the data, as the runtime sees them: the caller's memory, not a copy. */
export class PartTables {
  readonly rows: number
  readonly #tensors = new Map<string, Tensor>()

  /** Throws when a table that the rows need is missing or does not fit them. */
  constructor(tables: SessionOptions['tables'], part: string, inputs: readonly RowInput[]) {
    const sizes = new Set<number>()
    for (const { table, tensor } of inputs) {
      const found = tables.get(`${part}.${table}`)
      if (!found) throw new Error(`the session has no table ${part}.${table}`)
      const expected = tensor.shape.slice(1)
      const type = found.data instanceof Float32Array ? 'float32' : 'int32'
      if (type !== tensor.dtype || found.rowShape.join() !== expected.join()) {
        throw new Error(`table ${part}.${table} holds ${type} [${found.rowShape.join()}], the program expects ${tensor.dtype} [${expected.join()}]`)
      }
      sizes.add(found.rows)
      this.#tensors.set(table, tableTensor(found, type))
    }
    if (sizes.size > 1) throw new Error(`the tables of ${part} differ in length: ${[...sizes].join(', ')}`)
    this.rows = [...sizes][0] ?? 0
  }

  tensor(table: string): Tensor {
    const tensor = this.#tensors.get(table)
    if (!tensor) throw new Error(`no table ${table}`)
    return tensor
  }

  /** Checks row numbers, which the runtime would read from the end when negative, and tells whether every step takes
   *  the whole table in its own order, so that nothing has to be gathered. */
  access(rows: Int32Array, batchSize: number): RowAccess {
    if (this.#tensors.size === 0) return 'table'
    let natural = batchSize === this.rows
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]
      if (row < 0 || row >= this.rows) throw new Error(`row ${row} of a table of ${this.rows}`)
      if (natural && row !== at % batchSize) natural = false
    }
    return natural ? 'table' : 'gather'
  }
}

function tableTensor({ data, rows, rowShape }: ResidentTable, type: 'float32' | 'int32'): Tensor {
  return type === 'float32' ? new Tensor(type, data as Float32Array, [rows, ...rowShape]) : new Tensor(type, data as Int32Array, [rows, ...rowShape])
}
