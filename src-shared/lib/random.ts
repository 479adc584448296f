/**
 * Reproducible randomness: every stream is a function of (seed, name, counters), so a resumed run draws what the
 * uninterrupted one would have drawn. Generator: sfc32 (C. Doty-Humphrey, PractRand), seeded by a murmur-style mix.
 */
export interface RandomSource {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number
  /** Standard normal (Box–Muller; one draw uses two uniforms, none is kept back). */
  normal(): number
  /** Uniform integer in [0, bound). */
  integer(bound: number): number
  /** 32 uniform bits as a signed integer. */
  bits(): number
}

/** 32-bit finalizer of MurmurHash3. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Order-sensitive 32-bit hash of words (numbers beyond 2³² contribute both halves) and names. */
export function hashWords(salt: number, ...words: readonly (number | string)[]): number {
  let h = mix(salt ^ 0x9e3779b9)
  const add = (word: number): void => {
    h = mix(Math.imul(h, 31) + word + 0x6d2b79f5)
  }
  for (const word of words) {
    if (typeof word === 'string') {
      for (let at = 0; at < word.length; at++) add(word.charCodeAt(at))
      add(word.length)
    } else {
      add(word | 0)
      add(Math.floor(word / 0x100000000) | 0)
    }
  }
  return mix(h)
}

class Sfc32 implements RandomSource {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(words: readonly (number | string)[]) {
    this.#a = hashWords(0x243f6a88, ...words)
    this.#b = hashWords(0x85a308d3, ...words)
    this.#c = hashWords(0x13198a2e, ...words)
    for (let round = 0; round < 12; round++) this.bits()
  }

  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum
  }

  uniform(): number {
    const high = this.bits() >>> 5
    const low = this.bits() >>> 6
    return (high * 0x4000000 + low) / 0x20000000000000
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  integer(bound: number): number {
    return Math.floor(this.uniform() * bound)
  }
}

/** The stream of these words: `randomSource(seed, 'shuffle', epoch)`. */
export function randomSource(...words: readonly (number | string)[]): RandomSource {
  return new Sfc32(words)
}

/** Fisher–Yates permutation of 0 … size−1. */
export function permutation(size: number, random: RandomSource): Int32Array {
  const order = Int32Array.from({ length: size }, (_, index) => index)
  for (let last = size - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    const kept = order[last]
    order[last] = order[other]
    order[other] = kept
  }
  return order
}
