import { describe, expect, it } from 'vitest'
import type { RunView, SeriesSlice } from '@shared/protocol/views'
import { createSparklines } from '@renderer/views/runs/sparklines'

const run = (lastStep: number): RunView => ({ id: 'a', metrics: { 'train.loss': { lastStep } } }) as unknown as RunView

function setUp() {
  const asked: string[] = []
  const waiting = new Set<() => void>()
  const slice: SeriesSlice = { steps: new Float64Array([1, 2]), seconds: new Float64Array(2), values: new Float64Array([1, 0]), total: 2, complete: true }
  const sparklines = createSparklines(
    async (runId) => {
      asked.push(runId)
      return slice
    },
    (action) => {
      waiting.add(action)
      return () => waiting.delete(action)
    },
  )
  const settle = async (): Promise<void> => {
    for (const action of waiting) {
      waiting.delete(action)
      action()
    }
    await Promise.resolve()
  }
  return { sparklines, asked, settle }
}

describe('curves in rows', () => {
  it('are read once, and again when the run has grown', async () => {
    const { sparklines, asked, settle } = setUp()
    expect(sparklines.pathOf(run(2))).toBe('')
    await settle()
    expect(sparklines.pathOf(run(2))).toMatch(/^M/)
    await settle()
    expect(asked).toEqual(['a'])
    sparklines.pathOf(run(3))
    await settle()
    expect(asked).toEqual(['a', 'a'])
  })

  it('are not asked for by rows that scroll past, nor for runs without a step', async () => {
    const { sparklines, asked, settle } = setUp()
    sparklines.pathOf(run(2))
    sparklines.forget('a')
    sparklines.pathOf(run(0))
    await settle()
    expect(asked).toEqual([])
  })
})
