import type { Text } from '@shared/catalog/definition'
import type { Minimum, Point } from '@shared/catalog/surfaces'
import { Graph, prepareEvaluation, type Tensor } from '@shared/graph'

/** A surface ready for a race: one of the catalog, or an expression that somebody typed. */
export interface Landscape {
  readonly title: Text
  /** LaTeX. */
  readonly formula: string
  readonly view: { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
  readonly start: Point
  readonly minima: readonly Minimum[]
  lower(x: Tensor, y: Tensor): Tensor
}

/** Heights of a landscape at the centers of `columns × rows` equal cells of its view, the lowest y first. */
export interface HeightMap {
  readonly columns: number
  readonly rows: number
  readonly values: Float64Array
}

export function heightMap({ view, lower }: Pick<Landscape, 'view' | 'lower'>, columns: number, rows: number): HeightMap {
  const graph = new Graph()
  const size = columns * rows
  const [x, y] = ['x', 'y'].map((name) => graph.input(name, 'float32', [size]))
  const evaluate = prepareEvaluation([lower(x, y)])
  const across = centers(view.x, columns)
  const up = centers(view.y, rows)
  const feeds = new Map([
    ['x', { shape: [size], data: Float64Array.from({ length: size }, (_, cell) => across[cell % columns]) }],
    ['y', { shape: [size], data: Float64Array.from({ length: size }, (_, cell) => up[Math.floor(cell / columns)]) }],
  ])
  return { columns, rows, values: evaluate(feeds)[0].data }
}

function centers([from, to]: readonly [number, number], count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => from + ((index + 0.5) * (to - from)) / count)
}
