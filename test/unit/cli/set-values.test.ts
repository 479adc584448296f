import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { setValues } from '@main/cli/set-values'
import { need } from '@shared/spec'

const document = {
  seed: 1,
  model: { nodes: [{ id: 'input', type: 'input' }, { id: 'hidden', type: 'dense', units: 4 }] },
  training: { optimizer: { type: 'adam' }, batchSize: 32 },
}

function edit(...assignments: string[]): unknown {
  return need(setValues(document, assignments))
}

function codesOf(assignment: string): readonly string[] {
  const result = setValues(document, [assignment])
  return result.ok ? [] : result.issues.map((each) => each.code)
}

describe('--set', () => {
  it('sets nested values and leaves the rest, and the original, alone', () => {
    const before = structuredClone(document)
    expect(edit('training.batchSize=8')).toEqual({ ...document, training: { ...document.training, batchSize: 8 } })
    expect(document).toEqual(before)
  })

  it('reads JSON, and anything else as a string', () => {
    expect(edit('a=1e-3', 'b=true', 'c=null', 'd=[1,2]', 'e={"type":"l2"}', 'f=full', 'g="8"', 'h=')).toMatchObject({ a: 0.001, b: true, c: null, d: [1, 2], e: { type: 'l2' }, f: 'full', g: '8', h: '' })
  })

  it('keeps equals signs in the value', () => {
    expect(edit('note=a=b')).toMatchObject({ note: 'a=b' })
  })

  it('names list entries by number or id, and appends at the end', () => {
    const expected = { model: { nodes: [{ id: 'input' }, { id: 'hidden', units: 9 }] } }
    expect(edit('model.nodes.1.units=9')).toMatchObject(expected)
    expect(edit('model.nodes.hidden.units=9')).toMatchObject(expected)
    expect(edit('model.nodes.2={"type":"dense"}')).toMatchObject({ model: { nodes: [{}, {}, { type: 'dense' }] } })
  })

  it('makes the objects on the way to an optional part', () => {
    expect(edit('training.schedule.type=cosine', 'training.schedule.warmup=5')).toMatchObject({ training: { schedule: { type: 'cosine', warmup: 5 } } })
  })

  it('applies assignments in order', () => {
    expect(edit('training.optimizer={"type":"sgd"}', 'training.optimizer.learningRate=0.5')).toMatchObject({ training: { optimizer: { type: 'sgd', learningRate: 0.5 } } })
  })

  it.each([
    ['training.epochs', 'cli-set-form'],
    ['=5', 'cli-set-form'],
    ['model.nodes.7.units=9', 'cli-set-unknown'],
    ['model.nodes.absent.units=9', 'cli-set-unknown'],
    ['model..nodes=1', 'cli-set-unknown'],
    ['__proto__.polluted=1', 'cli-set-unknown'],
    ['training.constructor.prototype.polluted=1', 'cli-set-unknown'],
    ['training.batchSize.size=1', 'cli-set-not-inside'],
  ])('refuses %s', (assignment, code) => {
    expect(codesOf(assignment)).toEqual([code])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('says where the path ends', () => {
    const result = setValues(document, ['model.nodes.hidden.units.x=1'])
    expect(result.ok ? null : result.issues[0].path).toEqual(['model', 'nodes', 1, 'units'])
  })

  it('takes names that every object has for names like any other', () => {
    expect(setValues({}, ['toString.valueOf=1'])).toEqual({ ok: true, value: { toString: { valueOf: 1 } } })
  })

  it('reads back what it set, for any names and values', () => {
    const name = fc.string({ minLength: 1 }).filter((each) => !/[.=]/.test(each) && !['__proto__', 'constructor', 'prototype'].includes(each))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), fc.jsonValue(), (names, value) => {
        const result = setValues({}, [`${names.join('.')}=${JSON.stringify(value)}`])
        const found = result.ok ? names.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], result.value) : result.issues
        expect(found).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
