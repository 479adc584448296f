import { describe, expect, test } from 'vitest'
import { interpret, selfTest, selfTestBatch, selfTestOptions, selfTestProgram } from '@main/engines/self-test'
import type { EngineSession, SessionOptions, StepOutputs } from '@main/engines/engine'
import { tfjsEngine } from '@main/engines/tfjs'

describe('the devices\' self-test', () => {
  const reference = interpret(selfTestProgram(), 'train', selfTestOptions('tfjs-cpu'), selfTestBatch())

  test('trains: the reference loss falls and every state entry moves', () => {
    const loss = Array.from(reference.outputs.loss)
    expect(loss[2]).toBeLessThan(loss[0])
    for (const { entry, value } of selfTestOptions('tfjs-cpu').state) expect(Array.from(reference.state[entry.name]), entry.name).not.toEqual(Array.from(value))
  })

  test('passes on tfjs-cpu', async () => {
    expect(await selfTest(open, 'tfjs-cpu')).toBeNull()
  })

  test('finds a weight that is a little off, a loss that is, and what is missing', async () => {
    const off = changed({ readState: (state) => state.set('hidden.kernel', (state.get('hidden.kernel') ?? new Float32Array()).map((value, at) => (at === 5 ? value + 1e-3 : value))) })
    expect(await selfTest(off, 'tfjs-cpu')).toMatch(/^state hidden\.kernel\[5\] is .* instead of /)
    const lossy = changed({ run: (outputs) => ({ ...outputs, loss: outputs.loss.map((value, step) => (step === 2 ? NaN : value)) }) })
    expect(await selfTest(lossy, 'tfjs-cpu')).toMatch(/^output loss\[2\] is NaN instead of /)
    const short = changed({ run: ({ loss }) => ({ loss }) })
    expect(await selfTest(short, 'tfjs-cpu')).toBe('output accuracy: 0 values instead of 3')
  })

  test('reports a device that cannot be opened', async () => {
    expect(await selfTest(open, 'tfjs-none')).toBe('the self-test stopped: tfjs: no device tfjs-none')
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
