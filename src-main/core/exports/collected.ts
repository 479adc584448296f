import type { KerasModel, KerasWeight } from '@shared/export-code'
import { sizeOf, type Shape } from '@shared/graph'
import type { TrainedModel } from './exporter'

/** One array of an exported model. */
export interface NamedArray {
  readonly name: string
  readonly shape: Shape
  readonly data: Float32Array
}

/** Arrays in another framework's layout. Throws for names that the model does not have: a bug. */
export function arraysOf(model: Pick<TrainedModel, 'state'>, wanted: readonly KerasWeight[]): readonly NamedArray[] {
  const values = new Map(model.state.map(({ name, data }) => [name, data]))
  const valueOf = (source: string): Float32Array => {
    const found = values.get(source)
    if (found === undefined) throw new Error(`the model has no ${source}`)
    return found
  }
  return wanted.map(({ name, source, also = [], fill, shape, convert }) => {
    const found = source === null ? new Float32Array(sizeOf(shape)).fill(fill) : joined([source, ...also].map(valueOf))
    return { name, shape, data: convert(found) }
  })
}

/** Arrays one after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0)
  return all
}

/** Arrays of all layers, by `<layer>/<variable>`. */
export function kerasWeights(model: Pick<TrainedModel, 'state'>, { nodes }: KerasModel): readonly NamedArray[] {
  return nodes.flatMap((node) => arraysOf(model, node.weights).map((array) => ({ ...array, name: `${node.name}/${array.name}` })))
}
