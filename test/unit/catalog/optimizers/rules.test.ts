import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { type Dialect, optimizerSchema, optimizers, type ResolvedOptimizer, resolveOptimizer } from '@shared/catalog/optimizers'
import { DIALECTS } from '@shared/catalog/optimizers/optimizer'
import { resolved } from '@test/golden/optimizers.runs'
import { ReferenceUpdate } from '@test/golden/optimizers.update'
import { references } from './references'

/** Fractions of a prime: sums of their products do not cancel to the last bit, where a sign would be a matter of luck. */
const share = (from: number, to: number) => fc.integer({ min: Math.ceil(from * 1009), max: Math.floor(to * 1009) }).map((n) => n / 1009)

/** Every option's values. Epsilon is large enough to be felt, ρ so that v − ḡ² keeps its digits over 12 updates. */
const values: Readonly<Record<string, fc.Arbitrary<number | boolean | string>>> = {
  momentum: fc.oneof(fc.constant(0), share(0.01, 0.99)),
  nesterov: fc.boolean(),
  dampening: fc.oneof(fc.constant(0), share(0, 1)),
  form: fc.constantFrom('average', 'subtract', 'add'),
  beta1: fc.oneof(fc.constant(0), share(0.01, 0.99)),
  beta2: fc.oneof(fc.constant(0), share(0.01, 0.999)),
  rho: share(0.5, 0.99),
  epsilon: share(0.001, 0.1),
  epsilonPlacement: fc.constantFrom('inside', 'outside'),
  amsgrad: fc.boolean(),
  centered: fc.boolean(),
  initialAccumulator: share(0, 1),
  learningRateDecay: share(0, 1),
  momentumDecay: share(0, 1),
}

function documentArbitrary(type: string, dialect: Dialect, defaults: object) {
  const own = Object.fromEntries(Object.keys(defaults).map((name) => [name, fc.option(values[name], { nil: undefined })]))
  return fc
    .record({ ...own, learningRate: share(0.001, 0.5), weightDecay: fc.oneof(fc.constant(0), share(0.001, 0.3)) })
    .map((options) => ({ type, dialect, ...options }))
    .filter((document) => resolveOptimizer(optimizerSchema.parse(document)).ok)
}

const updates = fc.array(fc.record({ g: fc.oneof(fc.constant(0), share(-2, 2)), factor: fc.constantFrom(1, 1, 0.5, 0.1) }), { minLength: 1, maxLength: 12 })

/** Weight decay as the dialects define it, around the reference's step. */
function decayed(optimizer: ResolvedOptimizer, w: number, g: number, lr: number): { w: number; g: number } {
  const lambda = optimizer.weightDecay
  if (optimizer.definition.type === 'adamw') {
    return optimizer.dialect === 'textbook' ? { w: w - (lr / optimizer.learningRate) * lambda * w, g } : { w: w - lr * lambda * w, g }
  }
  return optimizer.dialect === 'keras' ? { w: w - lr * lambda * w, g } : { w, g: g + lambda * w }
}

const rules = optimizers.flatMap(({ type, dialects }) =>
  DIALECTS.flatMap((dialect) => {
    const rule = dialects[dialect]
    return rule === undefined ? [] : [{ type, dialect, defaults: rule.defaults }]
  }),
)

describe('every rule against its formula in plain numbers', () => {
  it.each(rules)('$type $dialect', ({ type, dialect, defaults }) => {
    const make = references[type]?.[dialect]
    if (make === undefined) throw new Error(`no reference for ${type} ${dialect}`)
    fc.assert(
      fc.property(documentArbitrary(type, dialect, defaults), share(-2, 2), updates, (document, start, steps) => {
        const optimizer = resolved(document)
        const reference = make(optimizer.options)
        const graph = new ReferenceUpdate(optimizer, [start])
        let weight = start
        steps.forEach(({ g, factor }, index) => {
          const lr = optimizer.learningRate * factor
          graph.advance([g], lr)
          const at = decayed(optimizer, weight, g, lr)
          weight = reference.step({ ...at, lr, t: index + 1 })
          expect(graph.weight[0]).toSatisfy(close(weight))
          for (const [name, value] of Object.entries(reference.slots())) expect(graph.slot(name)[0], name).toSatisfy(close(value))
        })
        const names = optimizer.rule.slots(optimizer.options).map(({ name }) => name)
        expect(names.sort()).toEqual(Object.keys(reference.slots()).sort())
      }),
      { numRuns: 200 },
    )
  })
})

function close(expected: number): (found: number) => boolean {
  return (found) => Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
}

describe('what the notes say of first steps, at g = 0.001 with the defaults', () => {
  it.each([
    ['adagrad', 'keras', 3.2e-6],
    ['adagrad', 'pytorch', 1e-2],
    ['rmsprop', 'keras', 2.2e-3],
    ['rmsprop', 'pytorch', 1e-1],
    ['adadelta', 'keras', 8.2e-7],
    ['adadelta', 'pytorch', 9.5e-4],
  ])('%s %s: %d', (type, dialect, expected) => {
    const optimizer = resolved({ type, dialect })
    const moved = -new ReferenceUpdate(optimizer, [0]).advance([0.001], optimizer.learningRate)[0]
    expect(moved.toPrecision(2)).toBe(expected.toPrecision(2))
  })
})

describe('momentum after a rate drop', () => {
  const descend = (document: object, drop: number): number[] => {
    const optimizer = resolved({ momentum: 0.9, learningRate: 0.1, ...document })
    const update = new ReferenceUpdate(optimizer, [1])
    return Array.from({ length: 20 }, (_, step) => update.advance([2 * update.weight[0]], 0.1 / (step < 10 ? 1 : drop))[0])
  }
  const gap = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((each, index) => Math.abs(each - b[index])))

  it('Keras and PyTorch move alike at a constant rate and apart after a drop', () => {
    const [keras, pytorch] = [{ type: 'momentum' }, { type: 'momentum', dialect: 'pytorch' }]
    expect(gap(descend(keras, 1), descend(pytorch, 1))).toBeLessThan(1e-14)
    expect(gap(descend(keras, 10), descend(pytorch, 10))).toBeGreaterThan(0.1)
  })

  it('the average form is PyTorch’s at (1−μ) times the rate', () => {
    const average = new ReferenceUpdate(resolved({ type: 'momentum', dialect: 'textbook', learningRate: 0.1 }), [1])
    const pytorch = new ReferenceUpdate(resolved({ type: 'momentum', dialect: 'pytorch', learningRate: 0.01 }), [1])
    for (const g of [1, -0.5, 0.25, 3]) expect(average.advance([g], 0.1)[0]).toBeCloseTo(pytorch.advance([g], 0.01)[0], 14)
  })

  it('subtract and add are Keras’s form', () => {
    const keras = descend({ type: 'momentum' }, 10)
    expect(gap(keras, descend({ type: 'momentum', dialect: 'textbook', form: 'subtract' }, 10))).toBeLessThan(1e-14)
    expect(gap(keras, descend({ type: 'momentum', dialect: 'textbook', form: 'add' }, 10))).toBeLessThan(1e-14)
  })
})

describe('hostile gradients', () => {
  it('a constant gradient never makes centered RMSprop NaN', () => {
    const optimizer = resolved({ type: 'rmsprop', dialect: 'pytorch', centered: true, rho: 0.9 })
    // Rounding makes v − ḡ² negative for about a fifth of such gradients.
    const gradient = Array.from({ length: 50 }, (_, index) => (index + 1) / 37)
    const update = new ReferenceUpdate(optimizer, gradient)
    for (let step = 0; step < 600; step++) update.advance(gradient, 0.01)
    expect([...update.weight].every(Number.isFinite)).toBe(true)
  })

  it.each(rules)('a weight without gradient stays where it is: $type $dialect', ({ type, dialect }) => {
    const update = new ReferenceUpdate(resolved({ type, dialect, weightDecay: 0 }), [0.5])
    for (let step = 0; step < 3; step++) update.advance([0], 0.1)
    expect(update.weight[0]).toBe(0.5)
  })
})
