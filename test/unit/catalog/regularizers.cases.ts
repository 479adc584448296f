export interface RegularizerCase {
  readonly type: string
  readonly options: Readonly<Record<string, unknown>>
  readonly penalty: number
  readonly gradient: readonly number[]
}

/** Weights 1, −2, 0, 3: Σ|w| = 6, Σw² = 14. */
export const weights = [1, -2, 0, 3]

export const regularizerCases: readonly RegularizerCase[] = [
  { type: 'l1', options: { factor: 0.5 }, penalty: 3, gradient: [0.5, -0.5, 0, 0.5] },
  { type: 'l2', options: { factor: 0.5 }, penalty: 7, gradient: [1, -2, 0, 3] },
  { type: 'l2', options: { factor: 0.5, convention: 'half' }, penalty: 3.5, gradient: [0.5, -1, 0, 1.5] },
  { type: 'l1l2', options: { l1: 0.5, l2: 0.25 }, penalty: 6.5, gradient: [1, -1.5, 0, 2] },
  { type: 'l1l2', options: { l1: 0.5, l2: 0.25, convention: 'half' }, penalty: 4.75, gradient: [0.75, -1, 0, 1.25] },
]
