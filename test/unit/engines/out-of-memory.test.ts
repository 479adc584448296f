import { expect, it } from 'vitest'
import { Graph, matmul, mul, reduceSum } from '@shared/graph'
import { openDevice } from '@main/engines'
import { outOfMemory } from '@main/engines/out-of-memory'
import { need } from '@shared/spec'

/** More than any machine has: four terabytes. */
const SIZE = 1_000_000

it.each(['onnx-cpu', 'tfjs-cpu'])('an allocation that fails on %s is an error of its own kind, and the engine goes on', async (device) => {
  const graph = new Graph()
  const column = graph.input('column', 'float32', [SIZE, 1])
  const product = mul(matmul(column, column, { transposeB: true }), 2)
  const entry = { name: 'column', shape: [SIZE, 1] }
  const { session } = need(await openDevice(device, { threads: 1, tables: new Map(), state: [{ entry, value: new Float32Array(SIZE) }] }))
  const step = (output: ReturnType<typeof mul>) => ({
    kind: 'evaluate' as const,
    batchSize: 1,
    graph,
    state: [{ ...entry, views: [], tensor: column, next: null }],
    rows: [],
    steps: [],
    outputs: [{ name: 'sum', tensor: reduceSum(output, { axes: [0, 1] }) }],
  })
  const batch = { count: 1, rows: new Int32Array(1), inputs: {} }
  const error: unknown = await session.prepare(step(product), 'train').then(
    async (execution) => await execution.run(batch),
    (reason: unknown) => reason,
  ).catch((reason: unknown) => reason)
  expect(outOfMemory(error)).toMatch(/allocat/)
  const small = await session.prepare(step(mul(column, 2)), 'train')
  expect([...(await small.run(batch)).sum]).toEqual([0])
  await session.dispose()
})
