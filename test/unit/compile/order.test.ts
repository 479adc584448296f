import { describe, expect, it } from 'vitest'
import { orderNodes } from '@shared/compile/order'

const node = (id: string, type = 'dense') => ({ id, type })
const codes = (result: ReturnType<typeof orderNodes>): string[] => ('issues' in result ? result.issues.map((each) => each.code) : [])

describe('orderNodes', () => {
  it('puts inputs before their users, in document order where it is free', () => {
    const result = orderNodes({
      nodes: [node('sum', 'add'), node('b'), node('a'), node('in', 'input')],
      edges: [['in', 'a'], ['in', 'b'], ['a', 'sum'], ['b', 'sum']],
    })
    expect('nodes' in result && result.nodes.map(({ id, index, inputs }) => [id, index, inputs])).toEqual([
      ['in', 3, []],
      ['b', 1, ['in']],
      ['a', 2, ['in']],
      ['sum', 0, ['a', 'b']],
    ])
    expect('output' in result && result.output).toBe('sum')
  })

  it('names the cycle and nothing but the cycle', () => {
    const result = orderNodes({
      nodes: [node('in', 'input'), node('a'), node('b'), node('c'), node('out')],
      edges: [['in', 'a'], ['a', 'b'], ['b', 'c'], ['c', 'a'], ['c', 'out']],
    })
    expect('issues' in result && result.issues).toEqual([
      { code: 'model-cycle', path: ['model', 'edges'], args: { cycle: expect.stringMatching(/^(a → b → c → a|b → c → a → b|c → a → b → c)$/) as string } },
    ])
  })

  it('calls a self-loop a cycle', () => {
    expect(codes(orderNodes({ nodes: [node('in', 'input'), node('a')], edges: [['in', 'a'], ['a', 'a']] }))).toEqual(['model-cycle'])
  })

  it('collects every unknown end, repeated id and repeated edge', () => {
    const result = orderNodes({ nodes: [node('in', 'input'), node('a'), node('a')], edges: [['in', 'x'], ['y', 'a'], ['in', 'a'], ['in', 'a']] })
    expect('issues' in result && result.issues.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['model-duplicate-id', 'model.nodes.2.id'],
      ['model-edge-unknown-node', 'model.edges.0.1'],
      ['model-edge-unknown-node', 'model.edges.1.0'],
      ['model-duplicate-edge', 'model.edges.3'],
    ])
  })

  it('asks for one input and one output', () => {
    expect(codes(orderNodes({ nodes: [node('a')], edges: [] }))).toEqual(['model-no-input'])
    expect(codes(orderNodes({ nodes: [node('i', 'input'), node('j', 'input'), node('s', 'add')], edges: [['i', 's'], ['j', 's']] }))).toEqual(['model-several-inputs'])
    expect(codes(orderNodes({ nodes: [node('i', 'input'), node('a'), node('b')], edges: [['i', 'a'], ['i', 'b']] }))).toEqual(['model-several-outputs'])
  })
})
