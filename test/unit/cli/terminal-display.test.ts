import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { BottomBar } from '@main/cli/bottom-bar'
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

/** A terminal of this width, and what it is sent. */
function terminal(columns: number) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { screen: new Screen('en', { output: stream, errors: stream }), sent: () => text }
}

function train(display: TerminalDisplay, runId: string): void {
  display.show({ type: 'prepared', runId, facts })
  for (const firstStep of [1, 6]) {
    const seconds = Float64Array.from({ length: 5 }, (_, index) => (firstStep + index) / 10)
    display.show({ type: 'points', runId, batch: { firstStep, count: 5, columns: { 'train.loss': seconds, 'train.accuracy': seconds }, seconds } })
  }
}

function shown(columns: number): string {
  const { screen, sent } = terminal(columns)
  const display = new TerminalDisplay(screen, () => 0)
  train(display, 'r')
  display.close()
  return sent()
}

describe('the bar', () => {
  it('tells epoch, time left and speed before the metrics, which a narrow terminal cuts', () => {
    expect(shown(120)).toMatch(/█{12}░{12} 50% epoch 2\/2 · 1 s left · 320 samples\/s · train\.loss 1 · train\.accuracy 1/)
  })

  it('is short where there is little room', () => {
    expect(shown(80)).toMatch(/[^█]█{4}░{4} 50% /)
  })

  it('is one for all runs that train at once: it shows the first until that ends, then the next; every line says whose it is', () => {
    const { screen, sent } = terminal(120)
    const bar = new BottomBar(screen)
    const [teacher, student] = ['teacher', 'student'].map((title) => new TerminalDisplay(screen, () => 0, { title, bar }))
    train(teacher, 'a')
    train(student, 'b')
    teacher.show({ type: 'finished', runId: 'a', status: 'done', step: 20, epoch: 2, seconds: 2, samples: 640, final: { 'val.loss': 0.5 }, reason: null, restored: null })
    const before = sent()
    expect(before).toMatch(/50% teacher · epoch 2\/2/)
    expect(before).toContain('student: 320 training')
    expect(before).not.toMatch(/% student/)
    expect(before).toContain('teacher: done  a\nteacher: epochs 2 · steps 20 · 2 s · 320 samples/s\nteacher: val.loss 0.5\n')
    train(student, 'b')
    student.close()
    expect(sent().slice(before.length)).toMatch(/50% student · epoch 2\/2/)
  })
})
