import { describe, expect, it } from 'vitest'
import { optimizerSchema, resolveOptimizer } from '@shared/catalog/optimizers'
import { formatIssue } from '@shared/locales/issues'

function issuesOf(document: unknown) {
  const result = resolveOptimizer(optimizerSchema.parse(document))
  return result.ok ? [] : result.issues
}

describe('the schema', () => {
  it.each([
    ['unknown type', { type: 'adamx' }, 'type'],
    ['unknown dialect', { type: 'adam', dialect: 'jax' }, 'dialect'],
    ['negative rate', { type: 'sgd', learningRate: -0.1 }, 'learningRate'],
    ['rate 0', { type: 'sgd', learningRate: 0 }, 'learningRate'],
    ['infinite rate', { type: 'sgd', learningRate: Infinity }, 'learningRate'],
    ['beta of 1', { type: 'adam', beta1: 1 }, 'beta1'],
    ['beta above 1', { type: 'adam', beta2: 1.5 }, 'beta2'],
    ['momentum of 1', { type: 'momentum', momentum: 1 }, 'momentum'],
    ['negative momentum', { type: 'momentum', momentum: -0.1 }, 'momentum'],
    ['rho of 1', { type: 'rmsprop', rho: 1 }, 'rho'],
    ['epsilon 0', { type: 'adam', epsilon: 0 }, 'epsilon'],
    ['negative decay', { type: 'adamw', weightDecay: -1 }, 'weightDecay'],
    ['dampening above 1', { type: 'sgd', dampening: 1.1 }, 'dampening'],
    ['a word for a number', { type: 'sgd', momentum: '0.9' }, 'momentum'],
  ])('refuses %s', (_name, document, field) => {
    const result = optimizerSchema.safeParse(document)
    expect(result.success).toBe(false)
    expect(result.error?.issues[0].path).toEqual([field])
  })

  it('refuses options of other optimizers', () => {
    const result = optimizerSchema.safeParse({ type: 'sgd', beta1: 0.9 })
    expect(result.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['beta1'] })
  })

  it('takes a bare name, and nag for nesterov', () => {
    expect(optimizerSchema.parse('adam')).toEqual({ type: 'adam' })
    expect(optimizerSchema.parse('nag')).toEqual({ type: 'nesterov' })
  })
})

describe('resolving', () => {
  it('fills in the dialect’s defaults', () => {
    const [keras, pytorch] = ['keras', 'pytorch'].map((dialect) => resolveOptimizer(optimizerSchema.parse({ type: 'rmsprop', dialect })))
    expect(keras).toMatchObject({ ok: true, value: { dialect: 'keras', learningRate: 0.001, weightDecay: 0, decay: 'decoupled' } })
    expect(keras).toMatchObject({ value: { options: { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false } } })
    expect(pytorch).toMatchObject({ ok: true, value: { dialect: 'pytorch', learningRate: 0.01, weightDecay: 0, decay: 'coupled' } })
    expect(pytorch).toMatchObject({ value: { options: { rho: 0.99, momentum: 0, epsilon: 1e-8, centered: false } } })
  })

  it('is Keras’s dialect unless told otherwise', () => {
    expect(resolveOptimizer({ type: 'adamw' })).toMatchObject({ value: { dialect: 'keras', weightDecay: 0.004 } })
    expect(resolveOptimizer({ type: 'adamw', dialect: 'pytorch' })).toMatchObject({ value: { weightDecay: 0.01 } })
  })

  it('keeps what the document says, zeros too', () => {
    const found = resolveOptimizer({ type: 'adamw', learningRate: 0.5, weightDecay: 0, beta1: 0, amsgrad: true })
    expect(found).toMatchObject({ value: { learningRate: 0.5, weightDecay: 0, options: { beta1: 0, beta2: 0.999, amsgrad: true } } })
  })

  it('refuses options that the dialect does not know, all at once', () => {
    const issues = issuesOf({ type: 'sgd', dampening: 0.1, form: 'add' })
    expect(issues.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['optimizer-option-not-in-dialect', 'training.optimizer.dampening'],
      ['optimizer-option-not-in-dialect', 'training.optimizer.form'],
    ])
    expect(formatIssue(issues[0], 'en')).toBe(
      'The keras dialect of sgd has no option dampening. Remove it, or set dialect to one that has it: pytorch.',
    )
    expect(formatIssue(issues[1], 'zh-CN')).toBe('sgd 的 keras 方言没有选项 form。请删除该选项，或将 dialect 改为支持它的：textbook。')
  })

  it('refuses a dialect that the optimizer does not have', () => {
    const [found] = issuesOf({ type: 'lion', dialect: 'pytorch' })
    expect(found.path).toEqual(['training', 'optimizer', 'dialect'])
    expect(formatIssue(found, 'en')).toBe('The optimizer lion has no pytorch dialect. Set dialect to one of: keras.')
  })

  it.each([
    ['keras', { nesterov: true }, 'optimizer-nesterov-without-momentum', 'nesterov'],
    ['pytorch', { nesterov: true }, 'optimizer-nesterov-without-momentum', 'nesterov'],
    ['pytorch', { nesterov: true, momentum: 0.9, dampening: 0.5 }, 'optimizer-nesterov-with-dampening', 'dampening'],
  ])('refuses contradictions: %s %o', (dialect, options, code, field) => {
    expect(issuesOf({ type: 'sgd', dialect, ...options })).toMatchObject([{ code, path: ['training', 'optimizer', field] }])
  })

  it('puts issues where the caller says', () => {
    const result = resolveOptimizer({ type: 'lion', dialect: 'textbook' }, ['optimizers', 3])
    expect(result).toMatchObject({ ok: false, issues: [{ path: ['optimizers', 3, 'dialect'] }] })
  })
})
