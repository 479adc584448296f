import { drawFrom } from './draw'
import { buildCase } from './example'
import type { BuiltCase } from './example'
import { opTable } from './op-table'

export interface OpCase {
  readonly op: string
  /** Unique: `conv2d/random3`, `maxPool2d/edge1`. */
  readonly name: string
  /** Inputs `x0`, `x1`, … and `dy`; outputs: the value, then the gradient of Σ y · dy for every differentiable input. */
  build(): BuiltCase
}

const RANDOM_CASES = 4

/** Deterministic examples of every op, with gradients: any engine can run them beside `evaluateGraph`. */
export const opCases: readonly OpCase[] = Object.entries(opTable).flatMap(([op, { random, edges = [] }]) => [
  ...Array.from({ length: RANDOM_CASES }, (_, at): OpCase => {
    const name = `${op}/random${at}`
    return {
      op,
      name,
      build: () => {
        const draw = drawFrom('op-cases', name)
        return buildCase(random(draw), draw)
      },
    }
  }),
  ...edges.map((example, at): OpCase => ({ op, name: `${op}/edge${at}`, build: () => buildCase(example, drawFrom(op, at)) })),
])
