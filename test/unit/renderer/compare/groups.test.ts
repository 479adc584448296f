import { describe, expect, it } from 'vitest'
import { distinctColors } from '@renderer/views/compare/distinct-colors'
import { groupRuns, haveSiblings } from '@renderer/views/compare/groups'
import { runLabels } from '@renderer/views/compare/labels'
import { resultColumns, resultRows } from '@renderer/views/compare/results'
import { cellText } from '@renderer/views/runs/table'
import { runView, summary } from './helpers'

const runs = [
  runView('a1', { name: 'adam', seed: 1, documentHash: 'adam', metrics: { 'val.loss': summary(0.3, 0.2) }, document: { training: { optimizer: { type: 'adam' } } } }),
  runView('s1', { name: 'sgd', seed: 1, documentHash: 'sgd', metrics: { 'val.loss': summary(0.5, 0.4) }, document: { training: { optimizer: { type: 'sgd' } } } }),
  runView('a2', { name: 'adam', seed: 2, documentHash: 'adam', metrics: { 'val.loss': summary(0.4, 0.3) }, document: { training: { optimizer: { type: 'adam' } } } }),
  runView('s2', { name: 'sgd', seed: 2, documentHash: 'sgd', metrics: { 'val.loss': summary(0.7, 0.6) }, document: { training: { optimizer: { type: 'sgd' } } } }),
]
const naming = { labels: runLabels(runs), colorOf: (id: string) => `color of ${id}`, valueOf: cellText }

describe('labels', () => {
  it('say as little as tells runs apart', () => {
    const labels = runLabels([runView('x-0001', { name: 'one' }), runView('x-0002', { name: 'two', seed: 1 }), runView('x-0003', { name: 'two', seed: 2 }), runView('x-0004', { name: 'three' }), runView('x-0005', { name: 'three' })])
    expect([...labels.values()]).toEqual(['one', 'two · 1', 'two · 2', 'three · 0004', 'three · 0005'])
  })
})

describe('groups', () => {
  it('put together what differs in the seed only', () => {
    const groups = groupRuns(runs, { by: 'seed' }, naming)
    expect(groups.map(({ label, color, runs: members }) => [label, color, members.map(({ id }) => id)])).toEqual([
      ['adam', 'color of a1', ['a1', 'a2']],
      ['sgd', 'color of s1', ['s1', 's2']],
    ])
  })

  it('put together by any field', () => {
    expect(groupRuns(runs, { by: 'field', field: 'seed' }, naming).map(({ label, runs: members }) => [label, members.length])).toEqual([['1', 2], ['2', 2]])
    expect(groupRuns(runs, { by: 'field', field: 'optimizer' }, naming).map(({ label }) => label)).toEqual(['adam', 'sgd'])
    expect(groupRuns(runs, { by: 'field', field: 'nothing.of.it' }, naming).map(({ label }) => label)).toEqual(['–'])
  })

  it('are the runs themselves unless grouped', () => {
    expect(groupRuns(runs, { by: 'none' }, naming).map(({ id, label }) => [id, label])).toEqual([['a1', 'adam · 1'], ['s1', 'sgd · 1'], ['a2', 'adam · 2'], ['s2', 'sgd · 2']])
  })

  it('tell different documents of one name apart', () => {
    const named = runs.map((run) => ({ ...run, name: 'same' }))
    expect(groupRuns(named, { by: 'seed' }, naming).map(({ label }) => label)).toEqual(['same', 'same (2)'])
  })

  it('know whether there is anything to put together', () => {
    expect(haveSiblings(runs)).toBe(true)
    expect(haveSiblings(runs.slice(0, 2))).toBe(false)
  })
})

describe('results', () => {
  const groups = groupRuns(runs, { by: 'seed' }, naming)
  const rows = resultRows(groups, resultColumns(['val.loss', 'val.accuracy']), groups[0].id)

  it('are means over a group, the better one marked', () => {
    expect(rows[0].cells[1]).toMatchObject({ count: 2, mean: 0.35, better: true, difference: null })
    expect(rows[1].cells[1]).toMatchObject({ count: 2, mean: 0.6, better: false })
    expect(rows[0].cells[0]).toMatchObject({ mean: 0.25, better: true })
  })

  it('differ from the reference by pairs of one seed', () => {
    expect(rows[1].cells[1]?.difference?.pairs).toBe(2)
    expect(rows[1].cells[1]?.difference?.mean).toBeCloseTo(0.25)
  })

  it('are absent where nothing was measured, and none is better where all are alike', () => {
    expect(rows[0].cells[2]).toBeNull()
    const alike = resultRows(groupRuns([runs[0], { ...runs[1], metrics: runs[0].metrics }], { by: 'none' }, naming), resultColumns(['val.loss']), null)
    expect(alike.map(({ cells }) => cells[1]?.better)).toEqual([false, false])
  })

  it('hold a higher accuracy for the better one', () => {
    const accurate = [runView('low', { metrics: { 'val.accuracy': summary(0.8) } }), runView('high', { metrics: { 'val.accuracy': summary(0.9) } })]
    expect(resultRows(groupRuns(accurate, { by: 'none' }, naming), resultColumns(['val.accuracy']), null).map(({ cells }) => cells[1]?.better)).toEqual([false, true])
  })
})

describe('distinct colors', () => {
  it('change as few runs as can be', () => {
    const colors: Readonly<Record<string, string>> = { a: 'red', b: 'red', c: 'blue', d: 'red' }
    expect([...distinctColors(['a', 'b', 'c', 'd'], (id) => colors[id], ['red', 'blue', 'green', 'black'])]).toEqual([['b', 'green'], ['d', 'black']])
    expect(distinctColors(['a', 'c'], (id) => colors[id], ['red', 'blue']).size).toBe(0)
    expect([...distinctColors(['a', 'b', 'd'], (id) => colors[id], ['red', 'green'])]).toEqual([['b', 'green']])
  })
})
