import { describe, expect, it } from 'vitest'
import { resultColumns, resultRows } from '@renderer/views/compare/results'
import { runView, summary } from './helpers'

const group = (id: string, ...runs: ReturnType<typeof runView>[]) => ({ id, label: id, color: '#000', runs })

describe('results side by side', () => {
  it('star what is better: of a perplexity the lowest', () => {
    const columns = resultColumns(['val.perplexity', 'val.accuracy'])
    const rows = resultRows(
      [
        group('unsure', runView('a', { metrics: { 'val.perplexity': summary(9, 8, 20), 'val.accuracy': summary(0.4, 0.1, 0.5) } })),
        group('sure', runView('b', { metrics: { 'val.perplexity': summary(3, 2, 20), 'val.accuracy': summary(0.8, 0.1, 0.9) } })),
      ],
      columns,
      null,
    )
    expect(columns.map(({ key, aggregate }) => `${aggregate} ${key}`)).toEqual(['best val.perplexity', 'last val.perplexity', 'best val.accuracy', 'last val.accuracy'])
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.mean))).toEqual([[8, 9, 0.5, 0.4], [2, 3, 0.9, 0.8]])
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.better))).toEqual([[false, false, false, false], [true, true, true, true]])
  })

  it('have no best of what is better neither way, and star none of it', () => {
    const columns = resultColumns(['gradientNorm'])
    expect(columns.map(({ aggregate }) => aggregate)).toEqual(['last'])
    const rows = resultRows([group('a', runView('a', { metrics: { gradientNorm: summary(1) } })), group('b', runView('b', { metrics: { gradientNorm: summary(2) } }))], columns, null)
    expect(rows.map(({ cells }) => cells[0]?.better)).toEqual([false, false])
  })

  it('star and subtract nothing where the values are other quantities', () => {
    const both = (of: 'a' | 'b', value: number) => group(of, runView(`${of}1`, { seed: 1, metrics: { 'val.loss': summary(value) } }), runView(`${of}2`, { seed: 2, metrics: { 'val.loss': summary(value + 1) } }))
    const cells = (columns: ReturnType<typeof resultColumns>) => resultRows([both('a', 1), both('b', 5)], columns, 'b')[0].cells[0]
    expect(cells(resultColumns(['val.loss']))).toMatchObject({ better: true, difference: { pairs: 2 } })
    expect(cells(resultColumns(['val.loss'], ['otherLoss']))).toMatchObject({ mean: 1.5, better: false, difference: null })
  })

  it('tell of how many runs a mean is: those that have no finite value are not in it', () => {
    const runs = [runView('a', { metrics: { 'val.loss': summary(1) } }), runView('b', { metrics: { 'val.loss': summary(NaN) } }), runView('c')]
    const [{ cells }] = resultRows([group('three', ...runs)], resultColumns(['val.loss']), null)
    expect(cells.map((cell) => cell?.count)).toEqual([1, 1])
  })
})
