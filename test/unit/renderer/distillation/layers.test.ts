import { describe, expect, it } from 'vitest'
import { fits, layerChoices, matchingOf, withTeacherLayer } from '@renderer/views/distillation/layers'
import { document } from '@test/helpers/core'

const model = (nodes: readonly object[]) => document({ format: 1, dataset: { type: 'digits' }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } })
const nodes = [{ type: 'conv2d', id: 'conv', filters: 4, kernelSize: 3 }, { type: 'flatten', id: 'flat' }, { type: 'dense', id: 'out', units: 10, activation: 'softmax' }]
const students = layerChoices(model(nodes), [1, 8, 8])
const picture = { id: 'inner', type: 'conv2d', shape: [16, 6, 6] }
const vector = { id: 'dense', type: 'dense', shape: [64] }

describe('layers that can be matched', () => {
  it('are all but the input, with what they give for such a sample', () => {
    expect(students).toEqual([{ id: 'conv', type: 'conv2d', shape: [4, 6, 6] }, { id: 'flat', type: 'flatten', shape: [144] }, { id: 'out', type: 'dense', shape: [10] }])
    expect(layerChoices(model(nodes), [64])).toEqual([])
  })

  it('fit where places are the same; attention needs places', () => {
    const [conv, flat] = students
    expect([fits(conv, picture, 'hint'), fits(flat, picture, 'hint'), fits(flat, vector, 'hint'), fits(flat, vector, 'attention'), fits(conv, picture, 'attention')]).toEqual([true, false, true, false, true])
    // Of a file nothing is known.
    expect(fits(flat, undefined, 'hint')).toBe(true)
  })

  it('the student’s stays where it fits the teacher’s, else the first that does is taken', () => {
    expect(withTeacherLayer({ student: 'out', beta: 3 }, 'dense', vector, students)).toEqual({ teacher: 'dense', student: 'out', beta: 3 })
    expect(withTeacherLayer({ student: 'out' }, 'inner', picture, students)).toEqual({ teacher: 'inner', student: 'conv' })
    expect(withTeacherLayer({}, 'odd', { id: 'odd', type: 'conv2d', shape: [16, 2, 2] }, students)).toEqual({ teacher: 'odd', student: 'conv' })
    expect(withTeacherLayer({}, 'tensor', undefined, [])).toEqual({ teacher: 'tensor' })
  })

  it('are compared value by value unless the document says otherwise', () => {
    expect([matchingOf({}), matchingOf({ matching: 'attention' }), matchingOf({ matching: 'nonsense' })]).toEqual(['hint', 'attention', 'hint'])
  })
})
