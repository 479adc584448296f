import { describe, expect, test } from 'vitest'
import { interpret, selfTest, selfTestBatch, selfTestOptions, selfTestProgram } from '@main/engines/self-test'
import { tfjsEngine } from '@main/engines/tfjs'

describe('the devices\' self-test', () => {
  const reference = interpret(selfTestProgram(), 'train', selfTestOptions('tfjs-cpu'), selfTestBatch())

  test('trains: the reference loss falls and every state entry moves', () => {
    const loss = Array.from(reference.outputs.loss)
    expect(loss[2]).toBeLessThan(loss[0])
    for (const { entry, value } of selfTestOptions('tfjs-cpu').state) expect(Array.from(reference.state[entry.name]), entry.name).not.toEqual(Array.from(value))
  })

  test('passes on tfjs-cpu', async () => {
    expect(await selfTest((options) => tfjsEngine.open(options), 'tfjs-cpu')).toBeNull()
  })
})
