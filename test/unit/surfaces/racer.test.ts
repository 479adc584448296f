import { describe, expect, it } from 'vitest'
import { bowl } from '@shared/catalog/surfaces/bowl'
import { rosenbrock } from '@shared/catalog/surfaces/rosenbrock'
import { optimizers } from '@shared/catalog/optimizers'
import { DIALECTS } from '@shared/catalog/optimizers/optimizer'
import { add, mul, pow, sub, type Tensor } from '@shared/graph'
import { need } from '@shared/spec'
import { openRace, Racer } from '@shared/surfaces'
import { documentOf, goldenRate, goldenRuns, resolved, rosenConstants, startOf, STEPS } from '@test/golden/optimizers.runs'

/** The golden runs' function, (a − x)² + b·(y − x²)² + ½c·(x² + 3y²). */
const goldenSurface = {
  lower(x: Tensor, y: Tensor): Tensor {
    const { a, b, c } = rosenConstants
    const valley = mul(pow(sub(y, mul(x, x)), 2), b)
    return add(add(pow(sub(a, x), 2), valley), mul(add(mul(x, x), mul(mul(y, y), 3)), c / 2))
  },
}

const onRosen = goldenRuns.filter((run) => run.function === 'rosen')

describe('ways of PyTorch and Keras', () => {
  it.each(onRosen.map((run) => [`${run.framework} ${run.optimizer} ${run.setting}`, run] as const))('%s', (_name, run) => {
    const optimizer = resolved(documentOf(run))
    const racer = new Racer(goldenSurface, { optimizer, start: startOf(run) as [number, number], rate: (step) => goldenRate(step + 1, optimizer.learningRate) })
    const { x, y, divergedAt } = racer.runTo(STEPS)
    expect(divergedAt).toBeNull()
    expect(x).toHaveLength(STEPS + 1)
    run.params.forEach(([left, up], index) => {
      expect(Math.abs(x[index + 1] - left), `update ${index + 1}`).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(left)))
      expect(Math.abs(y[index + 1] - up), `update ${index + 1}`).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(up)))
    })
  })
})

const constant = (rate: number) => (): number => rate

describe('ways derived by hand', () => {
  it('gradient descent on x²/20 + y² shrinks each coordinate by its own factor', () => {
    const optimizer = resolved({ type: 'sgd', dialect: 'pytorch', learningRate: 0.9 })
    const { x, y, value } = new Racer(bowl, { optimizer, start: [-7, 2], rate: constant(0.9) }).runTo(30)
    for (let step = 0; step <= 30; step++) {
      const [left, up] = [-7 * (1 - 0.9 / 10) ** step, 2 * (1 - 0.9 * 2) ** step]
      expect(x[step]).toBeCloseTo(left, 12)
      expect(y[step]).toBeCloseTo(up, 12)
      expect(value[step]).toBeCloseTo(left ** 2 / 20 + up ** 2, 12)
    }
  })

  it('momentum on the same: v ← 0.5v − 0.1g, w ← w + v, three updates', () => {
    const optimizer = resolved({ type: 'momentum', dialect: 'keras', learningRate: 0.1, momentum: 0.5 })
    const { y } = new Racer(bowl, { optimizer, start: [0, 1], rate: constant(0.1) }).runTo(3)
    // v: −0.2, −0.26, −0.238; g is 2w.
    expect(y.map((value) => Number(value.toFixed(12)))).toEqual([1, 0.8, 0.54, 0.302])
  })

  it('a schedule acts from the first update', () => {
    const optimizer = resolved({ type: 'sgd', learningRate: 0.1 })
    const { y } = new Racer(bowl, { optimizer, start: [0, 1], rate: (step) => (step === 0 ? 0.5 : 0) }).runTo(2)
    expect(y).toEqual([1, 0, 0])
  })
})

describe('what schedules and rules ask for beside a rate', () => {
  it('textbook Nesterov takes its gradient at the look-ahead point: three updates by hand', () => {
    const optimizer = resolved({ type: 'nesterov', dialect: 'textbook', learningRate: 0.1, momentum: 0.5 })
    const { y } = new Racer(bowl, { optimizer, start: [0, 1], rate: constant(0.1) }).runTo(3)
    // v ← 0.5v − 0.2(w + 0.5v): −0.2, −0.24, −0.208 from w = 1, 0.8, 0.56.
    expect(y.map((value) => Number(value.toFixed(12)))).toEqual([1, 0.8, 0.56, 0.352])
  })

  it('momentum that a schedule moves is that of each update', () => {
    const optimizer = resolved({ type: 'momentum', dialect: 'keras', learningRate: 0.1, momentum: 0.9 })
    const { y } = new Racer(bowl, { optimizer, start: [0, 1], rate: constant(0.1), momentum: () => 0.5 }).runTo(3)
    expect(y.map((value) => Number(value.toFixed(12)))).toEqual([1, 0.8, 0.54, 0.302])
  })

  it('a plateau lowers the rate once f stops improving', async () => {
    const race = need(await openRace({ surface: 'bowl', start: [0, 1], steps: 8, racers: [{ optimizer: { type: 'sgd', learningRate: 1 }, schedule: { type: 'plateau', factor: 0.5, patience: 2, minDelta: 0 } }] }))
    // A rate of 1 jumps between 1 and −1; from half the rate on the step ends in the minimum.
    const { y } = race.entrants[0].racer.runTo(8)
    expect(y.slice(0, 3)).toEqual([1, -1, 1])
    expect(Math.abs(y[8])).toBe(0)
  })
})

describe('a race', () => {
  const optimizer = resolved({ type: 'sgd', learningRate: 1 })

  it('ends where it is lost', () => {
    const { x, value, divergedAt } = new Racer(rosenbrock, { optimizer, start: [-1.2, 1], rate: constant(1) }).runTo(100)
    expect(divergedAt).toBe(x.length)
    expect(divergedAt).toBeLessThan(15)
    expect(value.every(Number.isFinite)).toBe(true)
    expect(x.every((place) => Math.abs(place) <= 1e9)).toBe(true)
  })

  it('is the same whether it is run at once or update by update', () => {
    const make = () => new Racer(rosenbrock, { optimizer: resolved({ type: 'adam', learningRate: 0.05 }), start: [-1.2, 1], rate: constant(0.05) })
    const [whole, parts] = [make(), make()]
    for (let step = 0; step <= 50; step++) parts.runTo(step)
    expect(parts.trajectory).toEqual(whole.runTo(50))
    expect(whole.runTo(10)).toEqual(whole.trajectory)
  })

  it.each(optimizers.flatMap(({ type, dialects }) => DIALECTS.filter((dialect) => dialects[dialect] !== undefined).map((dialect) => ({ type, dialect }))))(
    'takes $type $dialect downhill',
    ({ type, dialect }) => {
      const racing = resolved({ type, dialect, learningRate: type === 'adadelta' ? 1 : 0.02, weightDecay: 0 })
      const { value } = new Racer(bowl, { optimizer: racing, start: [-7, 2], rate: constant(racing.learningRate) }).runTo(200)
      expect(value).toHaveLength(201)
      expect(value[200]).toBeLessThan(value[0] * 0.999)
    },
  )
})
