import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'
import { configurationDiff, groupedDiff } from '@renderer/views/compare/configuration-diff'

function normalized(changes: (document: Record<string, unknown>) => void = () => undefined): ExperimentDocument {
  const document = JSON.parse(readFileSync(new URL('../../../../resources/examples/digits-mlp.descent.json', import.meta.url), 'utf8')) as Record<string, unknown>
  changes(document)
  return need(parseDocument(document))
}

/** Rows of two documents as text. */
function diff(a: unknown, b: unknown): string[] {
  return configurationDiff([a, b]).map(({ path, values }) => `${path}: ${values.map((value) => value ?? '–').join(' | ')}`)
}

const base = normalized()

describe('configuration differences', () => {
  it('are none of equal documents', () => expect(diff(base, normalized())).toEqual([]))

  it('leave out what changes no result', () => {
    const renamed = normalized((document) => Object.assign(document, { name: 'other', note: 'other', view: { zoom: 2 } }))
    expect(diff(base, renamed)).toEqual([])
  })

  it('hold a default for what it stands for', () => {
    const written = normalized((document) => Object.assign(document.training as object, { shuffle: true }))
    const other = normalized((document) => Object.assign(document.training as object, { shuffle: false }))
    expect(diff(base, written)).toEqual([])
    expect(diff(base, other)).toEqual(['training.shuffle: true | false'])
  })

  it('show fields that differ', () => {
    const sgd = normalized((document) => Object.assign(document, { seed: 7, training: { ...(document.training as object), optimizer: { type: 'sgd', learningRate: 0.1 } } }))
    const rows = diff(base, sgd)
    expect(rows).toContain('seed: 42 | 7')
    expect(rows).toContain('training.optimizer.type: adam | sgd')
    expect(rows).toContain('training.optimizer.learningRate: 0.002 | 0.1')
    expect(rows.every((row) => row === 'seed: 42 | 7' || row.startsWith('training.optimizer.'))).toBe(true)
  })

  it('match layers by their ids, wherever they stand', () => {
    const deeper = normalized((document) => {
      const model = document.model as { nodes: { id: string }[] }
      model.nodes.splice(1, 0, { id: 'first', type: 'dense', units: 16 } as never)
    })
    const rows = diff(base, deeper)
    expect(rows).toContain('model.nodes.first.units: – | 16')
    expect(rows).toContain('model.edges.input → hidden: ✓ | –')
    expect(rows).toContain('model.edges.input → first: – | ✓')
    expect(rows).toContain('model.edges.first → hidden: – | ✓')
    expect(rows.filter((row) => row.startsWith('model.nodes.hidden') || row.startsWith('model.nodes.output'))).toEqual([])
  })

  it('match metrics by their types', () => {
    const fewer = normalized((document) => Object.assign(document.training as object, { metrics: ['confusionMatrix'] }))
    expect(diff(base, fewer)).toEqual(['training.metrics.accuracy.type: accuracy | –', 'training.metrics.accuracy.threshold: 0.5 | –'])
  })

  it('take other lists as one value', () => {
    expect(diff({ shape: [3, 3] }, { shape: [5, 5] })).toEqual(['shape: [3,3] | [5,5]'])
    expect(diff({ list: [{ type: 'a' }, { type: 'a' }] }, { list: [{ type: 'a' }] })).toEqual(['list: [{"type":"a"},{"type":"a"}] | –', 'list.a.type: – | a'])
    expect(diff({ a: null }, { a: 1 })).toEqual(['a: null | 1'])
  })

  it('stand what is no document', () => expect(diff(null, { a: 1 })).toEqual(['a: – | 1']))
})

describe('differences of groups', () => {
  const rows = configurationDiff([{ seed: 1, rate: 0.1 }, { seed: 2, rate: 0.1 }, { seed: 1, rate: 0.2 }, { seed: 2, rate: 0.2 }])

  it('show what groups have in common, once', () => {
    expect(groupedDiff(rows, [[0, 1], [2, 3]])).toEqual([{ path: 'rate', values: ['0.1', '0.2'] }])
    expect(groupedDiff(rows, [[0, 1], [2]])).toEqual([
      { path: 'seed', values: ['1, 2', '1'] },
      { path: 'rate', values: ['0.1', '0.2'] },
    ])
  })

  it('name a few of many values', () => {
    const many = configurationDiff([1, 2, 10, 3, 4, 5, 99].map((seed) => ({ seed })))
    expect(groupedDiff(many, [[0, 1, 2, 3, 4, 5], [6]])).toEqual([{ path: 'seed', values: ['1, 2, 3, 4, …', '99'] }])
  })

  it('tell of groups that differ only in what is not named', () => {
    const many = configurationDiff([1, 2, 3, 4, 5, 1, 2, 3, 4, 6].map((seed) => ({ seed })))
    expect(groupedDiff(many, [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]])).toEqual([{ path: 'seed', values: ['1, 2, 3, 4, …', '1, 2, 3, 4, …'] }])
  })
})
