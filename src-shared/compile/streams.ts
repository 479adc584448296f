import { symmetricBeta } from '@shared/lib/beta'
import { hashWords, randomSource } from '@shared/lib/random'
import { randomBits, type Graph, type Shape, type Tensor } from '@shared/graph'
import type { StepInput, StepSource } from './program'

type Random = Extract<StepSource, { kind: 'random' | 'beta' | 'step' }>

/** A program's random streams and step counter: step inputs whose values follow from seed, stream and step alone. */
export class RandomStreams {
  readonly inputs: (StepInput & { readonly source: Random })[] = []

  #step: Tensor | null = null

  constructor(private readonly graph: Graph) {}

  /** Uniform int32 bits, fresh every step. */
  bits(stream: string, shape: Shape): Tensor {
    return randomBits(this.#input(stream, 'int32', [2], { kind: 'random', stream }), shape)
  }

  /** A Beta(α, α) value, fresh every step. */
  beta(stream: string, alpha: number): Tensor {
    return this.#input(stream, 'float32', [], { kind: 'beta', stream, alpha })
  }

  /** Updates made before this one. */
  step(): Tensor {
    return (this.#step ??= this.#append('step', 'float32', [], { kind: 'step' }))
  }

  #input(stream: string, dtype: StepInput['dtype'], shape: Shape, source: Random): Tensor {
    return this.#append(`random/${stream}`, dtype, shape, source)
  }

  #append(name: string, dtype: StepInput['dtype'], shape: Shape, source: Random): Tensor {
    const tensor = this.graph.input(name, dtype, shape)
    this.inputs.push({ name, dtype, shape, tensor, source })
    return tensor
  }
}

/** What a stream's step input holds in a step (0 is the first). */
export function randomValue(source: Random, seed: number, step: number): readonly number[] {
  if (source.kind === 'step') return [step]
  if (source.kind === 'beta') return [symmetricBeta(source.alpha, randomSource(seed, source.stream, step))]
  return [hashWords(1, seed, source.stream, step), hashWords(2, seed, source.stream, step)]
}
