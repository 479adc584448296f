import type { Issue } from '@shared/spec/issue'
import type { RawData } from './types'

/** Values in one row of this shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** The file and the line (or the row, counted from 1) of a source row, as arguments of an issue. */
export function rowArgs(raw: RawData, row: number): Issue['args'] {
  const file = raw.origin?.files.findLast((each) => each.from <= row)
  return { file: file?.name ?? '', line: raw.origin?.lines?.[row] ?? row + 1 - (file?.from ?? 0) }
}
