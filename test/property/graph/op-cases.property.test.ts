import { OPS, evaluateGraph, sizeOf, type Body } from '@shared/graph'
import { describe, expect, test } from 'vitest'
import { opCases } from './op-cases'
import { opTable } from './op-table'

test('the table has an entry for every op and no other', () => {
  expect(Object.keys(opTable).sort()).toEqual([...OPS.keys()].sort())
})

test('names are unique', () => {
  expect(new Set(opCases.map(({ name }) => name)).size).toBe(opCases.length)
})

describe.each([...OPS.values()])('$name', ({ name: op, doc, gradient }) => {
  const cases = opCases.filter((each) => each.op === op)

  test('has a doc that is a sentence', () => {
    expect(doc).toMatch(/^\S.*\.$/)
  })

  test('has cases of several shapes or attributes', () => {
    const applications = cases.map((each) => {
      const [y] = each.build().outputs
      expect(y.op, each.name).toBe(op)
      return JSON.stringify([y.inputs.map(({ dtype, shape }) => [dtype, shape]), y.attrs], (name, value: unknown) => (name === 'body' ? (value as Body).key : value))
    })
    expect(new Set(applications).size).toBeGreaterThan(2)
  })

  test('has several cases with gradients if it is differentiable, else only zero ones', () => {
    const built = cases.map((each) => each.build()).filter(({ outputs }) => outputs.length > 1)
    if (gradient !== null) expect(built.length).toBeGreaterThan(2)
    else for (const { outputs, feeds } of built) for (const { data } of evaluateGraph(outputs.slice(1), feeds)) expect(data.every((value) => value === 0)).toBe(true)
  })

  test('has cases that evaluate to finite values of the inferred shape, the same every time', () => {
    for (const { name, build } of cases) {
      const [first, second] = [build(), build()]
      const values = evaluateGraph(first.outputs, first.feeds)
      values.forEach(({ shape, data }, at) => {
        expect(shape, name).toEqual(first.outputs[at].shape)
        expect(data, name).toHaveLength(sizeOf(shape))
        expect(data.every(Number.isFinite), name).toBe(true)
      })
      expect(evaluateGraph(second.outputs, second.feeds)).toEqual(values)
    }
  })

  test('has cases fed with what float32, int32 and bool hold exactly', () => {
    for (const { name, build } of cases) {
      const { graph, feeds } = build()
      expect([...feeds.keys()]).toEqual([...graph.inputs.keys()])
      for (const [input, { dtype, shape }] of graph.inputs) {
        const fed = feeds.get(input)
        const hold = { float32: Math.fround, int32: (value: number) => value | 0, bool: (value: number) => Number(value === 1) }[dtype]
        expect(fed?.shape, name).toEqual(shape)
        expect(fed?.data.length, name).toBe(sizeOf(shape))
        expect(fed?.data.every((value) => hold(value) === value), name).toBe(true)
      }
    }
  })
})
