import type { KerasContext, Node, Placed } from '../context'
import type { KerasWeight } from '../model'
import { sameForAll } from './elements'

/** Added to the scores of later steps, as the layer itself does. */
const MASKED = -1e9

interface Heads {
  readonly heads: number
  readonly size: number
}

/**
 * Multi-head self-attention of `[time, features]` in dense layers and dot products, head by head: TensorFlow.js has no
 * such layer for functional models.
 */
export function attentionInHeads(context: KerasContext, node: Node, input: Placed, { heads, size }: Heads): string {
  const [steps, features] = input.shape
  const useBias = node.useBias === true
  const bias: { use_bias?: false } = useBias ? {} : { use_bias: false }
  const head = (part: 'query' | 'key' | 'value', at: number, factor: number): string => {
    const weight = (own: 'Kernel' | 'Bias', rows: readonly number[]): KerasWeight =>
      context.weight(node, `${part}${own}`, own.toLowerCase(), [...rows, size], (values) => columns(values, heads * size, at * size, size).map((value) => value * factor))
    return context.layer(`${node.id}_${part}${String(at + 1)}`, [input.name], 'Dense', { units: size, ...bias }, { weights: [weight('Kernel', [features]), ...(useBias ? [weight('Bias', [])] : [])] })
  }
  const mask = node.causal === true ? sameForAll(context, `${node.id}_mask`, input.name, steps * features, laterSteps(steps), [steps, steps]) : null
  const attended = Array.from({ length: heads }, (_, at) => {
    const named = (name: string): string => `${node.id}_${name}${String(at + 1)}`
    const scores = context.layer(named('scores'), [head('query', at, 1 / Math.sqrt(size)), head('key', at, 1)], 'Dot', { axes: [2, 2] })
    const masked = mask === null ? scores : context.layer(named('masked'), [scores, mask], 'Add', {})
    const shares = context.layer(named('shares'), [masked], 'Activation', { activation: 'softmax' })
    return context.layer(named('attended'), [shares, head('value', at, 1)], 'Dot', { axes: [2, 1] })
  })
  const joined = heads === 1 ? attended[0] : context.layer(`${node.id}_heads`, attended, 'Concatenate', {})
  const weights = [context.weight(node, 'outputKernel', 'kernel', [heads * size, features]), ...(useBias ? [context.weight(node, 'outputBias', 'bias', [features])] : [])]
  return context.layer(node.id, [joined], 'Dense', { units: features, ...bias }, { weights })
}

/** So many columns of rows of `width`, from one on. */
function columns(values: Float32Array, width: number, from: number, count: number): Float32Array {
  return Float32Array.from({ length: (values.length / width) * count }, (_, at) => values[Math.floor(at / count) * width + from + (at % count)])
}

function laterSteps(steps: number): Float32Array {
  return Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? MASKED : 0))
}
