import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import type { RunView } from '@shared/protocol/views'
import { fieldValue } from '@renderer/views/runs/field'
import { filterSoFar, parseFilter } from '@renderer/views/runs/filter'

const summary = { count: 3, first: 2.3, last: 0.9, lastStep: 30, min: 0.2, minStep: 20, max: 0.98, maxStep: 25 }
const run = {
  id: '20261122-0711-aaaa',
  name: 'digits mlp',
  status: 'done',
  seed: 42,
  seconds: 1.5,
  tags: ['paper', 'baseline'],
  note: 'second try',
  group: null,
  metrics: { 'val.accuracy': { ...summary, last: 0.975 }, 'val.loss': summary },
  document: { training: { optimizer: { type: 'adam', learningRate: 0.002 }, loss: 'categoricalCrossentropy', batchSize: 32 }, model: { nodes: [{ id: 'input' }, { id: 'hidden', units: 64 }] } },
} as unknown as RunView

function keeps(text: string): boolean {
  const parsed = parseFilter(text)
  if ('error' in parsed) throw new Error(`${parsed.error} at ${parsed.at}`)
  return parsed.filter(run)
}

describe('filters', () => {
  it.each([
    ['', true],
    ['status = done ', true],
    ['optimizer = adam and val.accuracy > .97', true],
    ['optimizer = sgd or val.accuracy >= 0.975', true],
    ['optimizer = adam val.accuracy > .98', false],
    ['not (status = failed or tags ~ draft)', true],
    ['not status = done', false],
    ['best(val.loss) < 0.3', true],
    ['best(val.accuracy) = 0.98', true],
    ['max(val.loss) < 0.3', false],
    ['model.nodes.1.units >= 64', true],
    ['learningRate = 0.002', true],
    ['batchSize != 32', false],
    ['name ~ MLP', true],
    ['name = "digits mlp"', true],
    ['tags = paper', true],
    ['tags != paper', false],
    ['baseline', true],
    ['"second try"', true],
    ['nothing', false],
    ['group = x', false],
    ['group != x', true],
    ['no.such.field > 1', false],
    ['status = DONE', true],
  ])('%s → %s', (text, expected) => expect(keeps(text)).toBe(expected))

  it.each([
    ['optimizer =', 'expected-value', 11],
    ['(status = done', 'expected-parenthesis', 14],
    ['status = done and', 'expected-expression', 17],
    ['= 3', 'expected-expression', 0],
    ['status = done )', 'unexpected', 14],
  ])('%s is explained', (text, error, at) => expect(parseFilter(text)).toMatchObject({ error, at }))

  it.each([
    ['optimizer =', true],
    ['optimizer = adam and batchSize >', true],
    ['optimizer = sgd and batchSize !=', false],
    ['status = done and (nothing', true],
    ['(', true],
  ])('%s, still being typed, filters by what stands before', (text, expected) => expect(filterSoFar(text)(run)).toBe(expected))

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof filterSoFar(text)(run)).toBe('boolean')
        const parsed = parseFilter(text)
        expect('error' in parsed || typeof parsed.filter(run) === 'boolean').toBe(true)
      }),
    )
  })

  it('reads what has a type by its type', () => {
    expect(fieldValue(run, 'training.optimizer')).toBe('adam')
    expect(fieldValue(run, 'training.optimizer.learningRate')).toBe(0.002)
    expect(fieldValue(run, '__proto__.x')).toBe(null)
  })
})
