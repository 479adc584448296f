import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Column, RawData } from '@shared/data/types'
import { IssueError, need } from '@shared/spec/issue'
import { checkMessage, Folder, issuesOf } from './helpers'

const folder = new Folder()

function columns(raw: RawData): readonly Column[] {
  if (raw.features.kind !== 'columns') throw new Error('no table')
  return raw.features.columns
}

function values(raw: RawData, name: string): unknown[] {
  const column = columns(raw).find((each) => each.name === name)
  if (column === undefined) throw new Error(`no column ${name}`)
  return column.kind === 'numeric' ? [...column.values] : [...column.codes].map((code) => (code < 0 ? null : column.categories[code]))
}

async function read(text: string | Uint8Array, options: object = {}): Promise<RawData> {
  return folder.raw({ type: 'csv', path: folder.write('table.csv', text), target: 'y', ...options })
}

async function problems(text: string | Uint8Array, options: object = {}): Promise<unknown[]> {
  const result = await folder.load({ type: 'csv', path: folder.write('table.csv', text), target: 'y', ...options })
  return issuesOf(result).map(({ code, path: where, args }) => [code, where.join('.'), args])
}

const TABLE = 'a,color,y\n1,red,no\n2.5,blue,yes\n-3e2,red,no\n'

describe('what is detected', () => {
  it('header, kinds and classes from path and target alone', async () => {
    const raw = await read(TABLE)
    expect(values(raw, 'a')).toEqual([1, 2.5, -300])
    expect(values(raw, 'color')).toEqual(['red', 'blue', 'red'])
    expect(raw.targets).toMatchObject({ kind: 'class', classNames: ['no', 'yes'], labels: Int32Array.of(0, 1, 0) })
    expect(raw.origin?.lines).toEqual(Int32Array.of(2, 3, 4))
    expect(raw.columnNames).toEqual(['a', 'color', 'y'])
  })

  it.each([',', ';', '\t', '|'])('delimiter %j', async (delimiter) => {
    const raw = await read(TABLE.replaceAll(',', delimiter))
    expect(values(raw, 'a')).toEqual([1, 2.5, -300])
    expect(values(raw, 'color')).toEqual(['red', 'blue', 'red'])
  })

  it('empty cells between tabs stay cells', async () => {
    expect(values(await read('a\tb\ty\n\t2\tn\n1\t\ty\n'), 'b')).toEqual([2, NaN])
  })

  it('no header when the first line has numbers; columns by number', async () => {
    const raw = await folder.raw({ type: 'csv', path: folder.write('plain.csv', '1,2,x\n3,4,z\n'), target: -1 })
    expect(columns(raw).map((column) => column.name)).toEqual(['column1', 'column2'])
    expect(raw.rows).toBe(2)
    const byName = await folder.raw({ type: 'csv', path: 'plain.csv', target: 'column3' })
    expect(byName).toEqual(raw)
  })

  it('a header above texts only, when the target is a number', async () => {
    const raw = await folder.raw({ type: 'csv', path: folder.write('play.csv', 'outlook,play\nsunny,no\nrainy,yes\nsunny,yes\n'), target: -1 })
    expect(raw.rows).toBe(3)
  })

  it.each([
    ['few integers with rows enough are classes', Array.from({ length: 20 }, (_, row) => row % 4), 'class'],
    ['integers with few rows each are values', [3, 8, 1, 7, 5], 'value'],
    ['two integers are classes whatever the rows', [0, 1, 1], 'class'],
    ['fractions are values', [0.5, 1.5, 0.5, 1.5], 'value'],
    ['more than twenty integers are values', Array.from({ length: 210 }, (_, row) => row % 21), 'value'],
  ])('%s', async (_, targets, kind) => {
    expect((await read(`x,y\n${targets.map((target, row) => `${row},${target}`).join('\n')}\n`)).targets.kind).toBe(kind)
  })

  it('classes named by numbers are in order of value', async () => {
    const raw = await read('x,y\n1,10\n2,9\n3,10\n4,100\n', { task: 'classification' })
    expect(raw.targets).toMatchObject({ classNames: ['9', '10', '100'], labels: Int32Array.of(1, 0, 1, 2) })
  })

  it('several targets are values of one regression', async () => {
    const raw = await folder.raw({ type: 'csv', path: folder.write('two.csv', 'x,u,v\n1,2,3\n4,5,6\n'), target: ['v', 'u'] })
    expect(raw.targets).toEqual({ kind: 'value', shape: [2], data: Float32Array.of(3, 2, 6, 5), names: ['v', 'u'] })
  })
})

describe('text', () => {
  it('quoted cells hold delimiters, quotes and line breaks; lines still count', async () => {
    const raw = await read('name,x,y\n"a, b",1,n\n"say ""hi""",2,y\n"two\nlines",3,n\n\nlast,4,y\n')
    expect(values(raw, 'name')).toEqual(['a, b', 'say "hi"', 'two\nlines', 'last'])
    expect(raw.origin?.lines).toEqual(Int32Array.of(2, 3, 4, 7))
  })

  it('byte order mark, CRLF, spaces around cells, no line break at the end', async () => {
    const raw = await read('\uFEFFa, color ,y\r\n 1 , red ,no\r\n2," blue",yes')
    expect(values(raw, 'a')).toEqual([1, 2])
    expect(values(raw, 'color')).toEqual(['red', 'blue'])
  })

  it('UTF-16 by its mark, and GB 18030 when told', async () => {
    const utf16 = await read(Buffer.from('\uFEFF颜色,x,y\n红,1,n\n蓝,2,m\n', 'utf16le'))
    expect(values(utf16, '颜色')).toEqual(['红', '蓝'])
    const gb = Buffer.concat([Buffer.from([0xd1, 0xd5, 0xc9, 0xab]), Buffer.from(',x,y\n'), Buffer.from([0xba, 0xec]), Buffer.from(',1,n\n'), Buffer.from([0xc0, 0xb6]), Buffer.from(',2,m\n')])
    expect(values(await read(gb, { encoding: 'gb18030' }), '颜色')).toEqual(['红', '蓝'])
    expect(await problems(gb)).toEqual([['csv-encoding', 'dataset.path', { file: 'table.csv', encoding: 'utf-8' }]])
  })

  it('missing values in their usual spellings', async () => {
    const raw = await read('x,c,y\n1,a,n\n,?,m\nNA,b,n\n')
    expect(values(raw, 'x')).toEqual([1, NaN, NaN])
    expect(values(raw, 'c')).toEqual(['a', null, 'b'])
  })

  it('numbers keep their digits: bytes, float32 or float64 as they need', async () => {
    const raw = await read('a,b,c,d,y\n0,0.5,0.1,16777217,n\n255,-1,0.2,1,m\n')
    expect(columns(raw).map((column) => (column.kind === 'numeric' ? column.values : null))).toEqual([
      Uint8Array.of(0, 255),
      Float32Array.of(0.5, -1),
      Float64Array.of(0.1, 0.2),
      Float64Array.of(16777217, 1),
    ])
  })
})

describe('options', () => {
  it('ignore, categorical and numeric', async () => {
    const raw = await read('id,zip,x,y\n1,100,5,n\n2,200,6,m\n', { ignore: ['id'], categorical: ['zip'] })
    expect(columns(raw).map(({ name, kind }) => [name, kind])).toEqual([['zip', 'category'], ['x', 'numeric']])
  })

  it('a second file is the fixed test part', async () => {
    folder.write('test.csv', 'a,color,y\n9,blue,no\n')
    const path = folder.write('train.csv', TABLE)
    const raw = await folder.raw({ type: 'csv', path, testPath: 'test.csv', target: 'y' })
    expect(raw.testFrom).toBe(3)
    const data = need(await folder.load({ type: 'csv', path, testPath: 'test.csv', target: 'y', split: { validation: 0 } }))
    expect([data.train.rows, data.validation, data.test?.rows]).toEqual([3, null, 1])
  })
})

describe('bad input', () => {
  it('ragged rows and cells that are no numbers: every one, with its line', async () => {
    expect(await problems('a,b,y\n1,2,n\n3,y\n4,five,n\n6,"1,5",m\n7,8,9,n\n9,9,m\n1e999,1,n\n')).toEqual([
      ['csv-ragged-row', 'dataset.path', { file: 'table.csv', line: 3, cells: 2, expected: 3 }],
      ['csv-not-a-number', 'dataset.path', { file: 'table.csv', line: 4, column: 'b', value: 'five' }],
      ['csv-not-a-number', 'dataset.path', { file: 'table.csv', line: 5, column: 'b', value: '1,5' }],
      ['csv-ragged-row', 'dataset.path', { file: 'table.csv', line: 6, cells: 4, expected: 3 }],
      ['csv-not-a-number', 'dataset.path', { file: 'table.csv', line: 8, column: 'a', value: '1e999' }],
    ])
  })

  it('stops after twenty problems', async () => {
    expect(await problems(`a,y\n${'1,n\n'.repeat(2000)}${'x,n\n'.repeat(1000)}`)).toHaveLength(20)
  })

  it.each([
    ['x,y\n1,2\n', { target: 'z' }, 'csv-unknown-column', 'dataset.target'],
    ['x,y\n1,2\n', { target: 3 }, 'csv-unknown-column', 'dataset.target'],
    ['x,y\n1,2\n', { ignore: ['q'] }, 'csv-unknown-column', 'dataset.ignore'],
    ['x,x,y\n1,2,3\n', {}, 'csv-duplicate-column', 'dataset.path'],
    ['x,y\n', {}, 'csv-no-rows', 'dataset.path'],
    ['\n\n\n', {}, 'csv-no-rows', 'dataset.path'],
    ['y\n1\n2\n', {}, 'csv-no-features', 'dataset.target'],
    ['x,y\n1,"n\n2,m\n', {}, 'csv-quote', 'dataset.path'],
    ['x,y\n1,n"o"\n2,m\n', {}, 'csv-quote', 'dataset.path'],
    ['x,y\n1,2\n', { ignore: ['y'] }, 'csv-column-twice', 'dataset.target'],
    ['x,y\n1,\0\n', {}, 'csv-not-text', 'dataset.path'],
    ['x,y\n1,n\n2,n\n', {}, 'data-one-class', 'dataset'],
    ['x,y\n1,\n2,n\n3,n\n', {}, 'data-one-class-missing', 'dataset'],
    ['x,y\n1,\n2,n\n3,n\n', { preprocess: { missing: 'drop' } }, 'data-one-class-missing', 'dataset'],
    ['x,y\n1,\n2,\n', { task: 'classification' }, 'data-missing-target', 'dataset.preprocess.missing'],
    ['x,y\n1,\n2,n\n3,m\n', {}, 'data-missing-target', 'dataset.preprocess.missing'],
    ['x,y\n,n\n2,n\n3,m\n', { preprocess: { missing: 'error' } }, 'data-missing-value', 'dataset.preprocess.missing'],
    ['x,y\n,n\n2,\n', { preprocess: { missing: 'drop' }, task: 'regression', numeric: ['x'] }, 'csv-not-a-number', 'dataset.path'],
    ['x,y\n,5\n2,\n,6\n', { preprocess: { missing: 'drop' } }, 'data-no-rows', 'dataset'],
  ])('%j with %j: %s', async (text, options, code, where) => {
    expect((await problems(text, options)).map((each) => (each as unknown[]).slice(0, 2))).toEqual([[code, where]])
  })

  it('missing targets, where all others are of one class: how many, and the first', async () => {
    expect(await problems('x,y\n1,n\n2,\n3,\n')).toEqual([['data-one-class-missing', 'dataset', { class: 'n', rows: 3, missing: 2, file: 'table.csv', line: 3 }]])
  })

  it('numbers with a decimal comma, instead of categories of them', async () => {
    const text = 'x;price;y\n1;2,50;n\n2;1.003,75;m\n3;4;n\n'
    expect(await problems(text)).toEqual([['csv-decimal-comma', 'dataset.path', { file: 'table.csv', column: 'price', value: '2,50' }]])
    expect(values(await read(text, { categorical: ['price'] }), 'price')).toEqual(['2,50', '1.003,75', '4'])
  })

  it('a column of more texts than categories make sense', async () => {
    const text = `x,y\n${Array.from({ length: 1100 }, (_, row) => `word${row},${row}`).join('\n')}\n`
    expect(await problems(text)).toEqual([['csv-too-many-categories', 'dataset.ignore', { file: 'table.csv', column: 'x', limit: 1000 }]])
  })

  it('a quote is reported on the line where it opens', async () => {
    expect(await problems('x,y\n1,n\n2,"m\n3,n\n4,m\n')).toEqual([['csv-quote', 'dataset.path', { file: 'table.csv', line: 3 }]])
  })

  it('a category that no training row has: file, line, column and value', async () => {
    const rows = 'color,y\nred,n\nred,m\nblue,n\nred,m\n'
    expect(await problems(rows, { split: { shuffle: false, stratified: false, validation: 0.5 } })).toEqual([
      ['data-category-unseen', 'dataset.preprocess.unseen', { file: 'table.csv', line: 4, column: 'color', value: 'blue' }],
    ])
    const zeros = need(await folder.load({ type: 'csv', path: 'table.csv', target: 'y', split: { shuffle: false, stratified: false, validation: 0.5 }, preprocess: { unseen: 'zeros' } }))
    expect(zeros.validation?.features).toEqual(Float32Array.of(0, 1))
  })

  it('a test file with other columns', async () => {
    folder.write('test.csv', 'a,colour,y\n9,blue,no\n')
    const result = await folder.load({ type: 'csv', path: folder.write('train.csv', TABLE), testPath: 'test.csv', target: 'y' })
    expect(issuesOf(result)).toMatchObject([{ code: 'csv-other-columns', path: ['dataset', 'testPath'], args: { file: 'test.csv', column: 'color', found: 'colour' } }])
  })

  it('a file that is missing, empty, or a folder', async () => {
    const load = async (name: string): Promise<string[]> => issuesOf(await folder.load({ type: 'csv', path: name, target: 'y' })).map((each) => each.code)
    mkdirSync(path.join(folder.path, 'sub'))
    folder.write('empty.csv', '')
    expect(await load('nowhere.csv')).toEqual(['data-file-missing'])
    expect(await load('empty.csv/x')).toEqual(['data-file-missing'])
    expect(await load('bad\0name')).toEqual(['data-file-missing'])
    expect(await load('empty.csv')).toEqual(['data-file-empty'])
    expect(await load('sub')).toEqual(['data-file-is-folder'])
    expect(await load('/dev/zero')).toEqual(['data-file-not-regular'])
  })

  it('values beyond float32', async () => {
    const found = await problems('x,y\n1e300,n\n-1e300,m\n0,n\n', { preprocess: { features: 'none' }, split: { validation: 0, shuffle: false } })
    expect(found).toEqual([['data-not-finite', 'dataset', { file: 'table.csv', line: 2, column: 'x', value: '1e+300' }]])
  })
})

it('IssueErrors of readRaw carry messages too', async () => {
  const error = await read('x,z\n1,2\n').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(IssueError)
  if (error instanceof IssueError) error.issues.forEach(checkMessage)
})
