import { createHash, type Hash } from 'node:crypto'
import type { RawData } from '@shared/data/types'

/** SHA-256 (hex) of the raw values with their names, shapes and labels: the same data from another path has the same hash. */
export function hashData({ rows, testFrom, features, targets }: RawData): string {
  const hash = createHash('sha256')
  addText(hash, { rows, testFrom: testFrom ?? null })
  if (features.kind === 'dense') {
    addText(hash, { kind: 'dense', shape: features.shape, type: features.data.constructor.name })
    addValues(hash, features.data)
  } else {
    for (const column of features.columns) {
      const values = column.kind === 'numeric' ? column.values : column.codes
      addText(hash, { name: column.name, type: values.constructor.name, categories: column.kind === 'category' ? column.categories : null })
      addValues(hash, values)
    }
  }
  addText(hash, targets.kind === 'class' ? { classNames: targets.classNames, positions: targets.positions } : { shape: targets.shape, names: targets.names })
  addValues(hash, targets.kind === 'class' ? targets.labels : targets.data)
  return hash.digest('hex')
}

/** Texts carry their length, so that no two sequences of texts and values look alike. */
function addText(hash: Hash, value: unknown): void {
  const text = JSON.stringify(value)
  hash.update(`${text.length}:${text}`)
}

function addValues(hash: Hash, values: ArrayBufferView): void {
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}
