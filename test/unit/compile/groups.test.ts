import { describe, expect, it } from 'vitest'
import { buildPlan, splitViews } from '@shared/compile'
import { need, parseDocument } from '@shared/spec'
import { planOf, stepOf, type ReferenceStep } from './reference-step'

/** How far each weight moved, by its full name. */
function moves({ program, before, after }: ReferenceStep): Record<string, number[]> {
  const [from, to] = [before, after].map((state) => splitViews(program.state, new Map([...state].map(([name, values]) => [name, Float32Array.from(values)]))))
  return Object.fromEntries([...from].map(([name, values]) => [name, Array.from(values, (value, at) => (to.get(name)?.[at] ?? Number.NaN) - value)]))
}

const sgd = { optimizer: { type: 'sgd', learningRate: 0.1, weightDecay: 0.01 } }

describe('parameter groups', () => {
  it('multiply the learning rate of their layers', () => {
    const plain = moves(stepOf(planOf({ optimizer: { type: 'sgd', learningRate: 0.1 } }), 6))
    const slow = moves(stepOf(planOf({ optimizer: { type: 'sgd', learningRate: 0.1 }, parameterGroups: [{ layers: ['hidden'], rateFactor: 0.25 }] }), 6))
    for (const [at, value] of slow['hidden.kernel'].entries()) expect(value).toBeCloseTo(plain['hidden.kernel'][at] / 4, 6)
    expect(slow['out.kernel']).toEqual(plain['out.kernel'])
  })

  it('leave frozen layers as they are, without slots, and out of the gradient’s norm', () => {
    const frozen = { optimizer: { type: 'adam' }, gradientClip: 'globalNorm', parameterGroups: [{ layers: ['hidden'], frozen: true }] }
    const step = stepOf(planOf(frozen), 6)
    expect(moves(step)['hidden.kernel'].every((value) => value === 0)).toBe(true)
    expect(moves(step)['out.kernel'].some((value) => value !== 0)).toBe(true)
    expect(step.program.state.flatMap(({ views }) => views.map(({ name }) => name)).filter((name) => /^[mv]\/hidden/.test(name))).toEqual([])
    expect(step.outputs.gradientNorm[0]).toBeLessThan(stepOf(planOf({ ...frozen, parameterGroups: undefined }), 6).outputs.gradientNorm[0])
  })

  it('say what decays', () => {
    // A weight of 1 in a bias shows decay that no gradient explains.
    const moved = (decay: string) => {
      const planned = planOf({ ...sgd, parameterGroups: [{ layers: ['hidden'], decay }] }, { nodes: [{ id: 'hidden', type: 'dense', units: 5, activation: 'tanh', biasInitializer: 'ones' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] })
      return moves(stepOf(planned, 6))
    }
    const [kernels, all, none] = [moved('kernels'), moved('all'), moved('none')]
    for (const [at, value] of all['hidden.bias'].entries()) expect(value - kernels['hidden.bias'][at]).toBeCloseTo(-0.1 * 0.01, 6)
    expect(none['hidden.bias']).toEqual(kernels['hidden.bias'])
    expect(none['hidden.kernel']).not.toEqual(kernels['hidden.kernel'])
    expect(all['hidden.kernel']).toEqual(kernels['hidden.kernel'])
  })

  it.each([
    ['a frozen batch normalization', {}],
    ['one without weights of its own', { center: false, scale: false }],
  ])('%s keeps its statistics, and uses them', (_name, options) => {
    const model = { nodes: [{ id: 'norm', type: 'batchNormalization', ...options }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] }
    const step = stepOf(planOf({ parameterGroups: [{ layers: ['norm'], frozen: true }] }, model), 6)
    expect(Object.entries(moves(step)).filter(([name]) => name.startsWith('norm.')).every(([, values]) => values.every((value) => value === 0))).toBe(true)
    expect(step.outputs.loss[0]).not.toBe(stepOf(planOf({}, model), 6).outputs.loss[0])
  })

  it.each([
    ['training-group-unknown-layer', [{ layers: ['hiden'], frozen: true }]],
    ['training-all-frozen', [{ layers: ['hidden', 'out'], frozen: true }]],
  ])('%s', (code, parameterGroups) => {
    const { document, plan } = planOf({})
    const parsed = need(parseDocument({ ...document, training: { ...document.training, parameterGroups } }))
    expect(buildPlan(parsed, plan.data)).toMatchObject({ ok: false, issues: [{ code }] })
  })
})
