import type { Shape } from '@shared/graph'
import type { ShapeResult } from '../layer'
import { problem, shown } from './problems'

/** Name of a sample's axis, for messages. */
function dimensionName(shape: Shape, axis: number): string {
  const names = shape.length === 3 ? ['channels', 'height', 'width'] : shape.length === 1 ? ['features'] : []
  return names[axis] ?? `axis ${axis}`
}

/** The inputs' common shape. */
export function inferMerge(inputs: readonly Shape[]): ShapeResult {
  const [first] = inputs
  for (const [index, other] of inputs.entries()) {
    const different = differingAxis(first, other)
    if (different === null) continue
    return problem('layer-merge-shapes', { index: index + 1, first: shown(first), other: shown(other), dimension: different })
  }
  return { shape: first }
}

/** Name of the first axis, `except` apart, along which two shapes differ; null when there is none. */
export function differingAxis(first: Shape, other: Shape, except = -1): string | null {
  if (first.length !== other.length) return 'rank'
  const axis = first.findIndex((extent, at) => at !== except && extent !== other[at])
  return axis === -1 ? null : dimensionName(first, axis)
}
