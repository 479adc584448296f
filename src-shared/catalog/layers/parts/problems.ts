import type { Shape } from '@shared/graph'
import type { Choice } from '../../choice'
import type { ShapeProblem } from '../layer'

/** A shape as messages show it: `[3, 32, 32]`. */
export function shown(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

export function problem(code: string, args: ShapeProblem['args'], option?: string): { readonly problem: ShapeProblem } {
  return { problem: option === undefined ? { code, args } : { code, args, option } }
}

/** Null for `[channels, height, width]`. */
export function imageProblem(shape: Shape): { readonly problem: ShapeProblem } | null {
  return shape.length === 3 ? null : problem('layer-needs-image', { shape: shown(shape) })
}

/** Softmax where it cannot mean what the author wants: along an image’s width, or over one value. */
export function softmaxProblem(activation: Choice, output: Shape): { readonly problem: ShapeProblem } | null {
  if (activation.type !== 'softmax') return null
  if (output.length > 2) return problem('layer-softmax-image', { shape: shown(output) }, 'activation')
  if (output.at(-1) === 1) return problem('layer-softmax-one', { shape: shown(output) }, 'activation')
  return null
}
