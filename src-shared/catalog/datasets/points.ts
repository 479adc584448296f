import { z } from 'zod'
import type { RawData } from '@shared/data/types'
import { field } from '../definition'

/** Rows of the small generators. */
export const rowsField = field(z.int().min(2).max(1_000_000).default(500), { en: 'Rows to generate.', 'zh-CN': '生成的行数。', symbol: 'n', unit: 'rows' })

/** Standard deviation of the normal noise added to both coordinates. */
export function noiseField(standard: number) {
  return field(z.number().min(0).max(100).default(standard), {
    en: 'Standard deviation of the normal noise added to every coordinate.',
    'zh-CN': '加到每个坐标上的正态噪声的标准差。',
    symbol: String.raw`\sigma`,
  })
}

/** A point in the plane and its class. */
export interface ClassPoint {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** Points in the plane as a table with columns `x` and `y`; point i is made by `point(i)`, in order. */
export function planeData(rows: number, classNames: readonly string[], point: (row: number) => ClassPoint): RawData {
  const xs = new Float64Array(rows)
  const ys = new Float64Array(rows)
  const labels = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const { x, y, label } = point(row)
    xs[row] = x
    ys[row] = y
    labels[row] = label
  }
  return {
    rows,
    features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: xs }, { kind: 'numeric', name: 'y', values: ys }] },
    targets: { kind: 'class', labels, classNames },
  }
}

/** Class names `0`, `1`, …. */
export function numbered(classes: number): readonly string[] {
  return Array.from({ length: classes }, (_, label) => String(label))
}
