import { describe, expect, it } from 'vitest'
import type { RunView } from '@shared/protocol/views'
import { completeFilter } from '@renderer/views/runs/completion'
import { parseFilter } from '@renderer/views/runs/filter'

const run = (optimizer: string, name: string): RunView => ({ name, id: name, note: '', group: null, tags: ['paper', 'old "one"'], metrics: {}, document: { training: { optimizer: { type: optimizer } } } }) as unknown as RunView
const runs = [run('sgd', 'a'), run('adam', 'b'), run('adamw', 'c')]
const fields = ['name', 'optimizer', 'tags', 'val.accuracy', 'best(val.accuracy)']
const words = (text: string): string[] => completeFilter(text, fields, runs).map(({ word }) => word)

describe('completions of a filter', () => {
  it('names fields where a condition begins, those that start so first', () => {
    expect(words('')).toEqual(fields)
    expect(words('val')).toEqual(['val.accuracy', 'best(val.accuracy)'])
    expect(words('not (opt')).toEqual(['optimizer'])
    expect(words('best(')).toEqual(['best(val.accuracy)'])
  })

  it('names operators after a field and joining words after a condition', () => {
    expect(words('optimizer ')).toEqual(['=', '!=', '>', '<', '~'])
    expect(words('optimizer = adam a')).toContain('and')
  })

  it('names the values that runs have, in quotes where they need them, and none of numbers to compare with', () => {
    expect(words('optimizer = ')).toEqual(['adam', 'adamw', 'sgd'])
    expect(words('optimizer=adamw')).toEqual([])
    expect(words('name = b and tags ~ ')).toEqual(['"old \\"one\\""', 'paper'])
    expect(words('val.accuracy > ')).toEqual([])
  })

  it('leaves what is in quotes alone', () => {
    expect(words('name = "ada')).toEqual([])
  })

  it('writes filters that hold what they name', () => {
    for (const { text } of completeFilter('tags = ', fields, runs)) {
      const parsed = parseFilter(text)
      expect('filter' in parsed && runs.every(parsed.filter)).toBe(true)
    }
  })
})
