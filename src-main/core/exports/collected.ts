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
  return wanted.map(({ name, source, fill, shape, convert }) => {
    const found = source === null ? new Float32Array(sizeOf(shape)).fill(fill) : values.get(source)
    if (found === undefined) throw new Error(`the model has no ${String(source)}`)
    return { name, shape, data: convert(found) }
  })
}

/** Arrays of all layers, by `<layer>/<variable>`. */
export function kerasWeights(model: Pick<TrainedModel, 'state'>, { nodes }: KerasModel): readonly NamedArray[] {
  return nodes.flatMap((node) => arraysOf(model, node.weights).map((array) => ({ ...array, name: `${node.name}/${array.name}` })))
}
