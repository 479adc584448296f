import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { need } from '@shared/spec'
import { Folder, issuesOf } from './helpers'

const folder = new Folder()
const whole = { validation: 0, shuffle: false, stratified: false }

describe('text', () => {
  it('windows of character numbers, and the character that follows', async () => {
    const path = folder.write('a.txt', 'abcab\r\ncab')
    const data = need(await folder.load({ type: 'text', path, sequenceLength: 3, stride: 2, split: whole }))
    // Code points: newline, a, b, c. The carriage return is gone.
    expect(data.target).toMatchObject({ kind: 'class', classes: 4, classNames: ['\n', 'a', 'b', 'c'] })
    expect([...data.train.features]).toEqual([1, 2, 3, 3, 1, 2, 2, 0, 3])
    expect([...data.train.targets]).toEqual([1, 0, 1])
  })

  it('every position predicts the character after it', async () => {
    const path = folder.write('e.txt', 'abcab\ncab')
    const data = need(await folder.load({ type: 'text', path, sequenceLength: 3, stride: 2, targets: 'every', split: whole }))
    expect(data.target).toMatchObject({ kind: 'class', classes: 4, positions: 3 })
    expect([...data.train.features]).toEqual([1, 2, 3, 3, 1, 2, 2, 0, 3])
    expect([...data.train.targets]).toEqual([2, 3, 1, 1, 2, 0, 0, 3, 1])
    const halves = need(await folder.load({ type: 'text', path, sequenceLength: 3, stride: 2, targets: 'every', split: { validation: 1 / 3, shuffle: false } }))
    expect([...(halves.validation?.targets ?? [])]).toEqual([0, 3, 1])
  })

  it('small letters, characters beyond 16 bits, other encodings', async () => {
    folder.write('b.txt', 'Aa😀aA')
    const data = need(await folder.load({ type: 'text', path: 'b.txt', sequenceLength: 2, lowercase: true, split: whole }))
    expect(data.target).toMatchObject({ classNames: ['a', '😀'] })
    expect([...data.train.targets]).toEqual([1, 0, 0])
    folder.write('c.txt', new Uint8Array([0xe9, 0x61, 0xe9, 0x61]))
    const latin = need(await folder.load({ type: 'text', path: 'c.txt', sequenceLength: 1, encoding: 'windows-1252', split: whole }))
    expect(latin.target).toMatchObject({ classNames: ['a', 'é'] })
    const refused = await folder.load({ type: 'text', path: 'c.txt', sequenceLength: 1 })
    expect(refused.ok ? [] : refused.issues.map(({ code }) => code)).toEqual(['data-text-encoding'])
  })

  it('is shown as text: the window, and what follows it', async () => {
    const path = folder.write('e.txt', 'to be\nor')
    expect(need(await folder.preview({ type: 'text', path, sequenceLength: 5, stride: 1, split: whole }))).toMatchObject({
      features: [{ name: 'characters', kind: 'text', categories: 7 }],
      firstRows: [['to be', '↵'], ['o be↵', 'o'], [' be↵o', 'r']],
    })
    expect(need(await folder.preview({ type: 'text', path, sequenceLength: 2, targets: 'every', split: whole })).firstRows[1]).toEqual(['o ', ' b'])
    const long = folder.write('f.txt', `${'ab'.repeat(30)} c`)
    expect(need(await folder.preview({ type: 'text', path: long, sequenceLength: 60, split: whole })).firstRows).toEqual([[`… ${'ab'.repeat(20)}`, '␣'], [`… ${'ba'.repeat(19)}b `, 'c']])
  })

  it('the last window ends before the last character; a text that is too short is refused', async () => {
    folder.write('d.txt', 'abab')
    expect(need(await folder.load({ type: 'text', path: 'd.txt', sequenceLength: 3, split: whole })).train.rows).toBe(1)
    const refused = await folder.load({ type: 'text', path: 'd.txt', sequenceLength: 4 })
    expect(refused.ok ? [] : refused.issues.map(({ code }) => code)).toEqual(['data-text-too-short'])
  })

  it('a file that is too large is refused by its size, unread', async () => {
    const bytes = 2 ** 28 + 1
    // A hole: it takes no space, and its zeros would be a text.
    truncateSync(join(folder.path, folder.write('huge.txt', 'a')), bytes)
    const refused = await folder.load({ type: 'text', path: 'huge.txt' })
    expect(issuesOf(refused)).toEqual([{ code: 'data-text-too-large', path: ['dataset', 'path'], args: { file: 'huge.txt', bytes, limit: 2 ** 28 } }])
  })

  it('without a path the sonnets that come with the app; validation is their end', async () => {
    const data = need(await folder.load({ type: 'text', split: { validation: 0.1, shuffle: false, stratified: false } }))
    expect(data.sampleShape).toEqual([40])
    expect([...(data.validation?.source ?? [])][0]).toBe(data.train.rows)
  })
})

describe('sequences in a CSV file', () => {
  it('one series as windows with its own past; the target is a later value', async () => {
    folder.write('series.csv', ['t,x,y', '3,30,300', '1,10,100', '2,20,200', '4,40,400', '5,50,500'].join('\n'))
    const data = need(await folder.load({ type: 'sequence-csv', path: 'series.csv', target: 'y', time: 't', length: 2, horizon: 1, task: 'regression', split: whole, preprocess: { features: 'none' } }))
    expect(data.sampleShape).toEqual([2, 2])
    expect([...data.train.features]).toEqual([10, 100, 20, 200, 20, 200, 30, 300, 30, 300, 40, 400])
    expect([...data.train.targets]).toEqual([300, 400, 500])
  })

  it('rows by id: ordered in time, short ones begin with zeros, long ones lose their beginning', async () => {
    folder.write('long.csv', ['id,t,x,kind', 'b,2,5,up', 'a,1,1,down', 'b,1,4,up', 'a,2,2,down', 'a,3,3,down', 'c,1,9,up'].join('\n'))
    const load = { type: 'sequence-csv', path: 'long.csv', target: 'kind', id: 'id', time: 't', split: whole, preprocess: { features: 'none' } }
    const data = need(await folder.load(load))
    expect([data.sampleShape, [...data.train.features]]).toEqual([[3, 1], [0, 4, 5, 1, 2, 3, 0, 0, 9]])
    expect(data.target).toMatchObject({ kind: 'class', classNames: ['down', 'up'] })
    expect([...data.train.targets]).toEqual([1, 0, 1])
    const cut = need(await folder.load({ ...load, length: 2 }))
    expect([...cut.train.features]).toEqual([4, 5, 2, 3, 0, 9])
  })

  it.each([
    [{ id: 'nobody' }, 'csv-unknown-column'],
    [{ time: 'nobody' }, 'sequence-column-missing'],
    [{ id: 'x', ignore: ['z'] }, 'sequence-no-features'],
    [{ length: 9 }, 'sequence-too-short'],
    [{ length: 1, target: 'x', ignore: ['y'] }, 'sequence-column-text'],
  ])('%j is refused', async (change, code) => {
    folder.write('bad.csv', ['x,y,z', '1,2,a', '3,4,b', '5,6,c'].join('\n'))
    const refused = await folder.load({ type: 'sequence-csv', path: 'bad.csv', target: 'y', ...change, ...(code === 'sequence-too-short' ? { ignore: ['z'] } : {}) })
    expect(refused.ok ? [] : refused.issues.map((issue) => issue.code)).toEqual([code])
  })
})

describe('the input as target', () => {
  it('is the prepared input, of its shape, in every part', async () => {
    const data = need(await folder.load({ type: 'digits', shape: 'image', preprocess: { targets: 'input' } }))
    expect(data.target).toMatchObject({ kind: 'value', shape: [1, 8, 8] })
    for (const part of [data.train, data.validation]) expect(part?.targets).toEqual(part?.features)
  })
})
