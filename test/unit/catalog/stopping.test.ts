import { describe, expect, it, test } from 'vitest'
import { stoppingRegistry, stoppingSchema, totalSteps, type Memory } from '@shared/catalog/stopping'
import { issueMessages } from '@shared/locales/issues'
import { stoppingCases } from './stopping.cases'

test.each(stoppingCases)('$document: $values', ({ document, sign, values, ends, best = [] }) => {
  const options = stoppingSchema.parse(document)
  const definition = stoppingRegistry.get(options.type)
  let memory: Memory = []
  const [stops, improvements]: [number[], number[]] = [[], []]
  for (const [index, value] of values.entries()) {
    // As a checkpoint keeps it.
    memory = JSON.parse(JSON.stringify(memory)) as Memory
    const verdict = definition?.judge?.(value, memory, sign ?? 1, options)
    if (verdict === undefined) throw new Error('looks at no metric')
    memory = verdict.memory
    if (verdict.stop) stops.push(index)
    if (verdict.improved) improvements.push(index)
    if (verdict.stop) break
  }
  expect(stops).toEqual(ends === null ? [] : [ends])
  expect(improvements).toEqual(best)
})

describe('lengths', () => {
  it('the shorter of epochs and steps holds', () => {
    expect(totalSteps({ epochs: 3 }, 10)).toBe(30)
    expect(totalSteps({ epochs: 3, stopping: [stoppingSchema.parse({ type: 'steps', steps: 7 }), stoppingSchema.parse('earlyStopping')] }, 10)).toBe(7)
    expect(totalSteps({ epochs: 3, stopping: [stoppingSchema.parse({ type: 'steps', steps: 70 })] }, 10)).toBe(30)
  })

  it('seconds are a limit', () => {
    expect(stoppingRegistry.get('seconds')?.seconds?.(stoppingSchema.parse({ type: 'seconds', seconds: 2 }))).toBe(2)
  })
})

it('every rule has a reason in words', () => {
  for (const { reason } of stoppingRegistry.values()) expect(issueMessages).toHaveProperty([reason])
})
