import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { optimizers } from '@shared/catalog/optimizers'
import { schedules } from '@shared/catalog/schedules'
import { fieldsOf } from '@renderer/components/form/fields'
import { asChoice, withChoiceOption } from '@renderer/views/train/choice'
import { changeDialect, changeOptimizer, dialectsOf } from '@renderer/views/train/how/optimizer-choice'
import { plannedSteps, scheduleCurve } from '@renderer/views/train/how/planned'
import { markSymbols, nameSymbols, type FieldSymbol } from '@renderer/views/train/how/rule-symbols'
import { fittingLosses, lossFits, measuredEnding, measures, suggestedLoss, suggestedMetrics, usualEnding } from '@renderer/views/train/how/suggestions'

const ten = { kind: 'class', classes: 10, classNames: [...'0123456789'] } as const
const two = { kind: 'class', classes: 2, classNames: ['no', 'yes'] } as const
const value = { kind: 'value', shape: [1], names: ['price'] } as const

describe('suggestions', () => {
  it.each([
    [ten, [10], 'softmax', 'categoricalCrossentropy'],
    [two, [1], 'sigmoid', 'binaryCrossentropy'],
    [two, [2], 'softmax', 'categoricalCrossentropy'],
    [value, [1], 'linear', 'meanSquaredError'],
    [value, [1], null, 'meanSquaredError'],
  ] as const)('%j with output %j and %s goes with %s', (target, outputShape, activation, loss) => {
    expect(suggestedLoss(target, { outputShape, activation })).toBe(loss)
  })

  it('wants another last layer where no loss fits', () => {
    expect(suggestedLoss(ten, { outputShape: [3], activation: 'softmax' })).toBeNull()
    expect(suggestedLoss(value, { outputShape: [1], activation: 'sigmoid' })).toBeNull()
    expect(fittingLosses(ten, { outputShape: [8, 4, 4], activation: 'relu' })).toEqual([])
    // It fits in shape, but would take prices for probabilities.
    expect(lossFits('binaryCrossentropy', {}, value, { outputShape: [1], activation: 'linear' })).toBe(false)
  })

  it('names an ending that its own loss accepts', () => {
    for (const target of [ten, two, value]) {
      const { loss, units, activation } = usualEnding(target)
      expect(suggestedLoss(target, { outputShape: [units], activation })).toBe(loss)
    }
  })

  it('suggests metrics that can be measured', () => {
    expect(suggestedMetrics(ten, { outputShape: [10], activation: 'softmax' }, 'digits')).toEqual(['accuracy', 'confusionMatrix'])
    expect(suggestedMetrics(ten, { outputShape: [10], activation: 'softmax' }, 'text')).toEqual(['accuracy', 'perplexity'])
    // Perplexity is of probabilities, which a loss may make of the outputs.
    const linear = { outputShape: [10], activation: 'linear' }
    expect(suggestedMetrics(ten, measuredEnding('meanSquaredError', linear), 'text')).toEqual(['accuracy'])
    expect(suggestedMetrics(ten, measuredEnding('categoricalCrossentropy', linear), 'text')).toEqual(['accuracy', 'perplexity'])
    expect(measures('perplexity', { fromLogits: true }, ten, linear)).toBe(true)
    expect(suggestedMetrics(value, { outputShape: [1], activation: null }, 'csv')).toEqual(['meanAbsoluteError', 'r2'])
    expect(suggestedMetrics(ten, { outputShape: [3], activation: null }, 'digits')).toEqual([])
  })
})

describe('choices', () => {
  it('are bare names as long as nothing is set', () => {
    expect(withChoiceOption('adam', ['beta1'], 0.8)).toEqual({ type: 'adam', beta1: 0.8 })
    expect(withChoiceOption({ type: 'adam', beta1: 0.8 }, ['beta1'], undefined)).toBe('adam')
    expect(withChoiceOption('cosine', ['warmup', 'steps'], 5)).toEqual({ type: 'cosine', warmup: { steps: 5 } })
    expect(asChoice(undefined)).toEqual({})
  })

  it('keep the dialect where the other optimizer has it', () => {
    expect(changeOptimizer({ type: 'adam', dialect: 'pytorch', beta1: 0.8 }, 'sgd')).toEqual({ type: 'sgd', dialect: 'pytorch' })
    expect(changeOptimizer({ type: 'adam', dialect: 'pytorch' }, 'lion')).toBe('lion')
    expect(changeOptimizer({ type: 'adam', learningRate: 0.1 }, 'sgd')).toBe('sgd')
  })

  it('leave out what the other dialect does not know', () => {
    const adam = optimizers.find(({ type }) => type === 'adam')
    if (adam === undefined) throw new Error('no Adam')
    expect(dialectsOf(adam)).toEqual(['keras', 'pytorch', 'textbook'])
    expect(changeDialect({ type: 'adam', learningRate: 0.1, amsgrad: true }, adam, 'textbook')).toEqual({ type: 'adam', learningRate: 0.1, dialect: 'textbook' })
    expect(changeDialect({ type: 'adam', dialect: 'textbook', epsilonPlacement: 'outside' }, adam, 'keras')).toBe('adam')
  })
})

describe('planned steps', () => {
  it('count the smaller last batch', () => {
    expect(plannedSteps({ batchSize: 32, epochs: 30 }, 1437)).toEqual({ stepsPerEpoch: 45, totalSteps: 1350 })
    expect(plannedSteps({ batchSize: 'full', epochs: 30 }, 1437)).toEqual({ stepsPerEpoch: 1, totalSteps: 30 })
  })

  it('make a curve from the first update to the last', () => {
    const curve = scheduleCurve({ type: 'linear', finalRate: 0, unit: 'epochs' }, { base: 0.1, stepsPerEpoch: 100, totalSteps: 10_000 })
    expect(curve.x.length).toBe(600)
    expect([curve.x[0], curve.x[599]]).toEqual([0, 99.99])
    expect(curve.y[0]).toBe(0.1)
    expect(curve.y[599]).toBeCloseTo(0.1 / 10_000, 12)
    expect(scheduleCurve(undefined, { base: 0.1, stepsPerEpoch: 1, totalSteps: 1 })).toEqual({ x: Float64Array.of(0), y: Float64Array.of(0.1) })
  })
})

describe('symbols of rules', () => {
  const symbols: readonly FieldSymbol[] = [
    { field: 'learningRate', symbol: '\\eta' },
    { field: 'beta1', symbol: '\\beta_1' },
    { field: 'duration', symbol: 'T' },
  ]
  const fieldsIn = (latex: string): readonly string[] => [...markSymbols(latex, symbols).matchAll(/#d00d(\d\d)/g)].map(([, index]) => symbols[Number(index)].field)

  it('are found as whole symbols only', () => {
    expect(fieldsIn('w - \\eta g')).toEqual(['learningRate'])
    expect(fieldsIn('\\eta_t = \\eta_T + \\eta')).toEqual(['learningRate'])
    expect(fieldsIn('\\beta_1^t + \\beta_2')).toEqual(['beta1'])
    expect(fieldsIn('\\text{at T} + \\operatorname{T} + \\frac{t}{T}')).toEqual(['duration'])
  })

  it('carry their fields through KaTeX, in every rule and schedule, with nothing left of the marks', () => {
    for (const { formula, options } of [...optimizers.flatMap(({ dialects, options: own }) => Object.values(dialects).map((rule) => ({ formula: rule.formula, options: own }))), ...schedules]) {
      const own = fieldsOf(options).flatMap(({ name, symbol }) => (symbol === null ? [] : [{ field: name, symbol }]))
      const html = nameSymbols(katex.renderToString(markSymbols(formula, own), { displayMode: true, throwOnError: true, trust: false, output: 'html' }), own)
      expect(html).not.toContain('d00d')
      for (const { field, symbol } of own) {
        const stands = markSymbols(formula, [{ field, symbol }]) !== formula
        expect(html.includes(`data-field="${field}"`)).toBe(stands)
      }
    }
  })

  it('finds the learning rate in every rule', () => {
    for (const { dialects } of optimizers) for (const { formula } of Object.values(dialects)) expect(fieldsIn(formula).includes('learningRate') || !formula.includes('\\eta')).toBe(true)
  })
})
