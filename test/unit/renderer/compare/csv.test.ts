import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvOf } from '@renderer/views/compare/csv'
import { sliceOf } from './helpers'

const clock = { stepsPerEpoch: 4, batchSize: 32, rows: 100 }

describe('data as CSV', () => {
  it('has one line a point, every number in full', () => {
    const text = csvOf([{ run: 'r1', name: 'a', seed: 7, metric: 'train.loss', slice: sliceOf([0.1 + 0.2, NaN, -0], [1, 4, 5]), clock }])
    expect(text.split('\r\n')).toEqual([
      'run,name,seed,metric,step,epoch,samples,seconds,value',
      'r1,a,7,train.loss,1,0.25,32,0.1,0.30000000000000004',
      'r1,a,7,train.loss,4,1,100,0.4,NaN',
      'r1,a,7,train.loss,5,1.25,132,0.5,0',
      '',
    ])
  })

  it('is read back whatever a run is called', () => {
    const name = 'a "quoted", name\nof two lines'
    const rows = parse(csvOf([{ run: 'r', name, seed: 1, metric: 'm', slice: sliceOf([1]), clock }]), { columns: true })
    expect(rows).toMatchObject([{ name, value: '1' }])
  })

  it('leaves empty what is not known', () => {
    const text = csvOf([{ run: 'r', name: 'n', seed: 1, metric: 'm', slice: sliceOf([1]), clock: { stepsPerEpoch: NaN, batchSize: NaN, rows: Infinity } }])
    expect(text).toContain('m,1,,,0.1,1')
  })
})
