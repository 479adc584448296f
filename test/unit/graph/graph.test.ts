import { Graph, add, evaluateGraph, exp, mul, pad, reachable, scan, sub, where } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { describe, expect, test } from 'vitest'

const single = (tensor: Tensor): number => evaluateGraph([tensor], new Map())[0].data[0]

describe('Graph', () => {
  test('makes equal expressions once', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    expect(add(exp(x), 1)).toBe(add(exp(x), 1))
    expect(sub(x, 1)).not.toBe(sub(1, x))
  })

  test('makes equal recurrences once: bodies are compared by what they compute', () => {
    const graph = new Graph()
    const [state, x] = [graph.input('state', 'float32', [2]), graph.input('x', 'float32', [3, 2])]
    const decayed = (factor: number): Tensor => scan({ states: [state], sequences: [x] }, ({ states: [sum], sequences: [read] }) => ({ states: [add(mul(sum, factor), read)], outputs: [] })).states[0]
    expect(decayed(0.5)).toBe(decayed(0.5))
    expect(decayed(0.5)).not.toBe(decayed(0.25))
  })

  test.each([
    [0, -0],
    [Infinity, -Infinity],
    [Infinity, NaN],
    [0.1, Math.fround(0.1)],
  ])('tells %d from %d, as constants and as attributes', (a, b) => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    expect(graph.scalar(a)).not.toBe(graph.scalar(b))
    expect(pad(x, { before: [1], after: [0], value: a })).not.toBe(pad(x, { before: [1], after: [0], value: b }))
  })

  test('has one input of a name, and operands of its own only', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    expect(() => graph.input('x', 'float32', [2])).toThrow('x exists')
    expect(() => add(x, new Graph().input('y', 'float32', [2]))).toThrow('another graph')
  })

  test('keeps scalars unrounded for the float64 reference, rounded for engines', () => {
    const graph = new Graph()
    const tenth = graph.scalar(0.1)
    expect(single(tenth)).toBe(0.1)
    expect(tenth.attrs.data).toEqual(Float32Array.of(0.1))
    expect(Object.keys(graph.scalar(0.5).attrs)).not.toContain('exact')
    expect(single(graph.scalar(7, 'int32'))).toBe(7)
    expect(single(graph.scalar(1, 'bool'))).toBe(1)
  })
})

describe('numbers as operands', () => {
  test('take the dtype of the tensor beside them', () => {
    const graph = new Graph()
    const bits = graph.input('bits', 'int32', [2])
    expect(add(bits, 1).inputs[1].dtype).toBe('int32')
    expect(mul(0.5, graph.input('x', 'float32', [])).inputs[0].dtype).toBe('float32')
    const flag = graph.input('flag', 'bool', [])
    expect(where(flag, 1, bits).dtype).toBe('int32')
    expect(where(flag, 1, 2).dtype).toBe('float32')
  })

  test('are refused where they do not fit', () => {
    const graph = new Graph()
    expect(() => add(1, 2)).toThrow('two numbers')
    expect(() => add(graph.input('i', 'int32', []), 0.5)).toThrow('0.5 is not an int32')
    expect(() => add(graph.input('j', 'int32', []), 2 ** 31)).toThrow('2147483648 is not an int32')
    expect(() => mul(graph.input('b', 'bool', []), 1)).toThrow('bool')
  })
})

describe('reachable', () => {
  test('holds what the outputs need, once, operands first', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    const unused = exp(x)
    const y = mul(add(x, 1), add(x, 1))
    const z = sub(y, x)
    const found = reachable([z, y])
    expect(found).not.toContain(unused)
    expect(found).toEqual(graph.tensors.filter((tensor) => tensor !== unused))
  })

  test('follows long chains', () => {
    const graph = new Graph()
    let y = graph.input('x', 'float32', [])
    for (let step = 0; step < 20_000; step++) y = add(y, y)
    expect(reachable([y])).toHaveLength(20_001)
  })
})

describe('evaluateGraph', () => {
  test('names the input that is missing or of another shape', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    expect(() => evaluateGraph([exp(x)], new Map())).toThrow('input x is not fed')
    expect(() => evaluateGraph([exp(x)], new Map([['x', { shape: [1, 2], data: new Float64Array(2) }]]))).toThrow('input x is [2], fed [1, 2]')
  })

  test('needs only the inputs that the outputs need', () => {
    const graph = new Graph()
    graph.input('unused', 'float32', [2])
    expect(single(graph.scalar(3))).toBe(3)
  })
})
