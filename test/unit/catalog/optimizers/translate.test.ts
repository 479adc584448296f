import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { type Dialect, optimizers, translate, type Translation } from '@shared/catalog/optimizers'
import { randomSource } from '@shared/lib/random'
import { resolved } from '@test/golden/optimizers.runs'
import { ReferenceUpdate } from '@test/golden/optimizers.update'

type Written = Readonly<Record<string, unknown>> & { readonly type: string }
type Settings = Extract<Translation, { readonly kind: 'settings' }>

const DIALECTS: readonly Dialect[] = ['keras', 'pytorch', 'textbook']
const STEPS = 24

/** Gradients of all sizes, zeros and ε among them. */
const random = randomSource('translate')
const gradients = Array.from({ length: STEPS }, (_, step) => [random.normal(), random.normal() * 1e-3, step % 3 === 0 ? 0 : 1e-7 * random.normal(), 10 * random.normal()])

function settings(written: Written, to: Dialect): Settings {
  const found = translate(resolved(written), to)
  if (found.kind === 'absent') throw new Error(`${written.type} has no ${to}`)
  return found
}

/** Weights after every update, under a schedule that drops the rate to a tenth halfway or under none. */
function trajectory(written: Written, drop: boolean): number[][] {
  const optimizer = resolved(written)
  const update = new ReferenceUpdate(optimizer, [1, -0.5, 0.25, 3])
  return gradients.map((gradient, step) => [...update.advance(gradient, optimizer.learningRate * (drop && step >= STEPS / 2 ? 0.1 : 1))])
}

/** Largest difference of weights, relative to the larger of 1 and the weight. */
function apart(a: Written, b: Written, drop: boolean): number {
  const [first, second] = [trajectory(a, drop), trajectory(b, drop)]
  return Math.max(...first.flatMap((weights, step) => weights.map((weight, at) => Math.abs(weight - second[step][at]) / Math.max(1, Math.abs(weight)))))
}

/** Options that bear on equivalence; a dialect draws those that it knows. */
const drawnOptions: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  momentum: fc.constantFrom(0, 0.5, 0.9, 0.99),
  nesterov: fc.boolean(),
  dampening: fc.constantFrom(0, 0.3, 1),
  form: fc.constantFrom('average', 'subtract', 'add'),
  beta1: fc.constantFrom(0, 0.5, 0.9),
  beta2: fc.constantFrom(0.9, 0.99, 0.999),
  rho: fc.constantFrom(0.5, 0.9, 0.99),
  epsilon: fc.constantFrom(1e-10, 1e-7, 1e-3),
  epsilonPlacement: fc.constantFrom('inside', 'outside'),
  amsgrad: fc.boolean(),
  centered: fc.boolean(),
  initialAccumulator: fc.constantFrom(0, 0.1),
  learningRateDecay: fc.constantFrom(0, 0.1),
  momentumDecay: fc.constantFrom(0.004, 1),
}

const drawn = fc
  .constantFrom(...optimizers.flatMap(({ type, dialects }) => DIALECTS.flatMap((dialect) => (dialects[dialect] === undefined ? [] : [{ type, dialect, defaults: dialects[dialect].defaults }]))))
  .chain(({ type, dialect, defaults }) =>
    fc.record({
      type: fc.constant(type),
      dialect: fc.constant(dialect),
      learningRate: fc.constantFrom(0.001, 0.01, 0.1),
      weightDecay: fc.constantFrom(0, 0, 0.01),
      ...Object.fromEntries(Object.keys(defaults).map((name) => [name, drawnOptions[name]])),
    }),
  )
  .map((written): Written => {
    const options = written as Written & { momentum?: number; nesterov?: boolean; dampening?: number }
    // Contradictions that the catalog refuses.
    return options.nesterov === true && (options.momentum === 0 || (options.dampening ?? 0) !== 0) ? { ...options, nesterov: false } : options
  })

describe('any optimizer in any dialect', () => {
  it('moves alike to 1e-12 where it says so', () => {
    const seen = { always: 0, constantRate: 0, never: 0, absent: 0 }
    fc.assert(
      fc.property(drawn, fc.constantFrom(...DIALECTS), (written, to) => {
        const found = translate(resolved(written), to)
        if (found.kind === 'absent') {
          seen.absent++
          return
        }
        const { exact, document } = found
        seen[exact]++
        expect(resolved(document).dialect).toBe(to)
        expect(exact === 'always').toBe(found.differences.length === 0)
        if (exact === 'always') expect(apart(written, document, true)).toBeLessThan(1e-12)
        if (exact === 'constantRate') expect(apart(written, document, false)).toBeLessThan(1e-12)
      }),
      { numRuns: 400, seed: 20261122 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5)
  })

  it('every optimizer of two dialects has its translation', () => {
    for (const { type, dialects } of optimizers) {
      for (const dialect of DIALECTS.filter((each) => dialects[each] !== undefined)) {
        for (const to of DIALECTS) {
          const found = translate(resolved({ type, dialect }), to)
          expect(found.kind === 'absent').toBe(dialects[to] === undefined)
          if (found.kind === 'settings') expect(found.differences.map(({ code }) => code)).not.toContain('unknown')
        }
      }
    }
  })

  it('into its own dialect is itself', () => {
    const written = { type: 'adamw', dialect: 'textbook', learningRate: 0.01, weightDecay: 0.003 }
    expect(settings(written, 'textbook')).toEqual({
      kind: 'settings',
      document: { ...written, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonPlacement: 'outside' },
      exact: 'always',
      rateFactor: 1,
      differences: [],
    })
  })
})

describe('known equivalences', () => {
  it.each([
    ['an average of gradients is PyTorch at η(1−μ)', { type: 'momentum', dialect: 'textbook', learningRate: 0.1 }, 'pytorch', { learningRate: 0.01, momentum: 0.9, dampening: 0 }],
    ['and back', { type: 'momentum', dialect: 'pytorch', learningRate: 0.01 }, 'textbook', { learningRate: 0.1, form: 'average' }],
    ['Keras is the textbook’s velocity', { type: 'sgd', momentum: 0.9 }, 'textbook', { learningRate: 0.01, form: 'subtract' }],
    ['without momentum, decay is the same on either side', { type: 'sgd', dialect: 'keras', weightDecay: 0.02 }, 'pytorch', { weightDecay: 0.02 }],
    ['AdamW as published scales decay by the schedule alone', { type: 'adamw', dialect: 'pytorch', learningRate: 0.01, weightDecay: 0.2 }, 'textbook', { weightDecay: 0.002 }],
    ['and back', { type: 'adamw', dialect: 'textbook', learningRate: 0.01, weightDecay: 0.002 }, 'pytorch', { weightDecay: 0.2 }],
    ['Keras’s first accumulator is an ε within the root', { type: 'adagrad', initialAccumulator: 0.1, epsilon: 0.01 }, 'textbook', { epsilon: 0.11, epsilonPlacement: 'inside' }],
    ['Keras’s RMSprop is Hinton’s with ε inside', { type: 'rmsprop' }, 'textbook', { epsilon: 1e-7, epsilonPlacement: 'inside' }],
    ['Keras’s Nadam is PyTorch’s with ψ = 1', { type: 'nadam' }, 'pytorch', { momentumDecay: 1 }],
  ] as const)('%s', (_name, written, to, expected) => {
    const found = settings(written, to)
    expect(found.exact).toBe('always')
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value === 'number') expect(found.document[name]).toBeCloseTo(value, 14)
      else expect(found.document[name]).toBe(value)
    }
  })
})

describe('differences show', () => {
  it.each([
    ['rateInBuffer', { type: 'momentum', learningRate: 0.1 }, 'pytorch'],
    ['rateInBuffer', { type: 'nesterov', dialect: 'pytorch', learningRate: 0.1 }, 'keras'],
    ['dampening', { type: 'sgd', dialect: 'pytorch', learningRate: 0.1, momentum: 0.9, dampening: 0.5 }, 'textbook'],
    ['nesterov', { type: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true }, 'textbook'],
    ['epsilonPlacement', { type: 'rmsprop' }, 'pytorch'],
    ['epsilonPlacement', { type: 'adam', dialect: 'textbook', epsilon: 1e-6 }, 'pytorch'],
    ['epsilonPlacement', { type: 'adagrad', dialect: 'pytorch', initialAccumulator: 0.1, epsilon: 0.01 }, 'textbook'],
    ['epsilonHat', { type: 'adam', learningRate: 0.1 }, 'textbook'],
    ['epsilonHat', { type: 'adam', dialect: 'pytorch', learningRate: 0.1 }, 'keras'],
    ['epsilonAdamax', { type: 'adamax', learningRate: 0.1 }, 'pytorch'],
    ['rateDecay', { type: 'adagrad', dialect: 'pytorch', learningRateDecay: 0.1 }, 'textbook'],
    ['amsgrad', { type: 'adam', dialect: 'pytorch', amsgrad: true, beta2: 0.9 }, 'textbook'],
    ['centered', { type: 'rmsprop', centered: true }, 'textbook'],
    ['momentum', { type: 'rmsprop', momentum: 0.9 }, 'textbook'],
    ['momentumDecay', { type: 'nadam', dialect: 'pytorch' }, 'keras'],
    ['weightDecay', { type: 'momentum', learningRate: 0.1, weightDecay: 0.1 }, 'pytorch'],
    ['weightDecay', { type: 'adadelta', learningRate: 1, weightDecay: 0.1 }, 'pytorch'],
  ] as const)('%s: %o to %s', (code, written, to) => {
    const found = settings(written, to)
    expect(found.differences.map((each) => each.code)).toContain(code)
    expect(found.exact).not.toBe('always')
    expect(apart(written, found.document, true)).toBeGreaterThan(1e-6)
  })

  it('the closest ε keeps steps within √2 of each other', () => {
    const written = { type: 'rmsprop', learningRate: 0.1, epsilon: 1e-6 }
    const [first, second] = [written, settings(written, 'pytorch').document].map((document) => trajectory(document as Written, false)[0])
    const start = [1, -0.5, 0.25, 3]
    gradients[0].forEach((gradient, at) => {
      if (gradient === 0) return
      const ratio = (first[at] - start[at]) / (second[at] - start[at])
      expect(ratio).toBeGreaterThanOrEqual(1)
      expect(ratio).toBeLessThan(Math.SQRT2 + 1e-9)
    })
  })

  it('says in both languages what is absent or differs', () => {
    expect(translate(resolved({ type: 'lion' }), 'pytorch')).toMatchObject({ kind: 'absent', text: { en: expect.stringContaining('lion has no pytorch dialect') as string } })
    const [difference] = settings({ type: 'momentum' }, 'pytorch').differences
    expect(difference.text.en).toMatch(/^[A-Z].*\.$/)
    expect(difference.text['zh-CN']).toMatch(/[一-鿿].*。$/)
  })
})
