import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Screen } from '@main/cli/screen'
import { TerminalDisplay } from '@main/cli/terminal-display'
import type { RunFacts } from '@shared/protocol/training'

const facts: RunFacts = {
  sampleShape: [4],
  target: { kind: 'class', classes: 2, classNames: ['a', 'b'] },
  rows: { train: 320, validation: 80, test: 0 },
  contentHash: 'hash',
  preprocessing: { kind: 'dense', shape: [4], shift: [0], scale: [1] },
  targetPreprocessing: null,
  parameters: 10,
  stepsPerEpoch: 10,
  totalSteps: 20,
  batchSize: 32,
  device: 'onnx-cpu',
  engineVersion: '1',
  threads: 2,
  preparation: {},
}

/** What a terminal of this width is sent. */
function shown(columns: number): string {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream
  let text = ''
  terminal.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const display = new TerminalDisplay(new Screen('en', { output: terminal, errors: terminal }), () => 0)
  display.show({ type: 'prepared', runId: 'r', facts })
  for (const firstStep of [1, 6]) {
    const seconds = Float64Array.from({ length: 5 }, (_, index) => (firstStep + index) / 10)
    display.show({ type: 'points', runId: 'r', batch: { firstStep, count: 5, columns: { 'train.loss': seconds, 'train.accuracy': seconds }, seconds } })
  }
  display.close()
  return text
}

describe('the bar', () => {
  it('tells epoch, time left and speed before the metrics, which a narrow terminal cuts', () => {
    expect(shown(120)).toMatch(/█{12}░{12} 50% epoch 2\/2 · 1 s left · 320 samples\/s · train\.loss 1 · train\.accuracy 1/)
  })

  it('is short where there is little room', () => {
    expect(shown(80)).toMatch(/[^█]█{4}░{4} 50% /)
  })
})
