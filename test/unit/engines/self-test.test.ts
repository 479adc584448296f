import { describe, expect, test } from 'vitest'
import { interpret, selfTest, selfTestBatch, selfTestOptions, selfTestProgram } from '@main/engines/self-test'
import type { EngineSession, SessionOptions, StepOutputs } from '@main/engines/engine'
import { tfjsEngine } from '@main/engines/tfjs'
import { issue } from '@shared/spec/issue'

describe('the devices\' self-test', () => {
  const reference = interpret(selfTestProgram(), 'train', selfTestOptions('tfjs-cpu'), selfTestBatch())

  test('trains: the reference loss falls and every state entry moves', () => {
    const loss = Array.from(reference.outputs.loss)
    expect(loss[2]).toBeLessThan(loss[0])
    for (const { entry, value } of selfTestOptions('tfjs-cpu').state) expect(Array.from(reference.state[entry.name]), entry.name).not.toEqual(Array.from(value))
  })

  test('passes on tfjs-cpu', async () => {
    expect(await selfTest(open, 'tfjs-cpu')).toEqual([])
  })

  test('finds a weight that is a little off, a loss that is, and what is missing', async () => {
    const off = changed({ readState: (state) => state.set('hidden.kernel', (state.get('hidden.kernel') ?? new Float32Array()).map((value, at) => (at === 5 ? value + 1e-3 : value))) })
    expect(await selfTest(off, 'tfjs-cpu')).toMatchObject([{ code: 'engine-self-test-value', args: { value: 'hidden.kernel[5]' } }])
    const lossy = changed({ run: (outputs) => ({ ...outputs, loss: outputs.loss.map((value, step) => (step === 2 ? NaN : value)) }) })
    expect(await selfTest(lossy, 'tfjs-cpu')).toMatchObject([{ code: 'engine-self-test-value', args: { value: 'loss[2]', found: 'NaN', expected: reference.outputs.loss[2] } }])
    const short = changed({ run: ({ loss }) => ({ loss }) })
    expect(await selfTest(short, 'tfjs-cpu')).toEqual([issue('engine-self-test-length', [], { value: 'accuracy', found: 0, expected: 3 })])
  })

  test('reports a device that cannot be opened', async () => {
    expect(await selfTest(open, 'tfjs-none')).toEqual([issue('engine-self-test-stopped', [], { reason: 'tfjs: no device tfjs-none' })])
  })
})

const open = (options: SessionOptions): Promise<EngineSession> => tfjsEngine.open(options)

/** The real device with its answers tampered with. */
function changed({ readState = (state) => state, run = (outputs) => outputs }: {
  readonly readState?: (state: Map<string, Float32Array>) => Map<string, Float32Array>
  readonly run?: (outputs: StepOutputs) => StepOutputs
}) {
  return async (options: SessionOptions): Promise<EngineSession> => {
    const session = await open(options)
    return {
      readState: async () => readState(await session.readState()),
      prepare: async (program, part) => {
        const execution = await session.prepare(program, part)
        return { program, run: async (batch) => run(await execution.run(batch)), placements: (batch) => execution.placements(batch), dispose: () => execution.dispose() }
      },
      writeState: (state) => session.writeState(state),
      findNonFinite: (program, part, batch) => session.findNonFinite(program, part, batch),
      dispose: () => session.dispose(),
    }
  }
}
