import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Distillations } from '@main/core'
import { lessonSchema } from '@shared/protocol/lessons'
import type { DiagnosticsRecord, LayerRecord } from '@shared/diagnostics/record'
import { document, ROOT, TestCore, type Watched } from '@test/helpers/core'

/** Every lesson's documents train, at reduced length where the whole takes long, and do what the lesson says. */
const FOLDER = join(ROOT, 'resources', 'lessons')
const ids = readdirSync(FOLDER)

interface Shortened {
  readonly dataset?: object
  readonly training?: object
}

function documentOf(id: string, name: string, { dataset, training }: Shortened = {}): object {
  const file = name.startsWith('examples/') ? join(ROOT, 'resources', name) : join(FOLDER, id, name)
  const document = JSON.parse(readFileSync(`${file}.descent.json`, 'utf8')) as { readonly dataset: object; readonly training: object }
  return { ...document, dataset: { ...document.dataset, ...dataset }, training: { ...document.training, ...training } }
}

interface Trained {
  readonly run: Watched
  readonly final: Readonly<Record<string, number>>
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

async function train(id: string, name: string, change?: Shortened): Promise<Trained> {
  const run = test.start(documentOf(id, name, change), { baseDirectory: FOLDER })
  return { run, final: (await run.finished()).final }
}

const series = ({ run }: Trained, key: string): readonly number[] => test.series(run.runId, key).values
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the hidden layers, at a run's first measurement. */
function measured({ run }: Trained): readonly LayerRecord[] {
  const event = run.events.find(({ type }) => type === 'diagnostics') as { readonly record: DiagnosticsRecord } | undefined
  if (event === undefined) throw new Error('nothing was measured')
  return event.record.layers.filter((layer) => layer.id.startsWith('hidden'))
}

const number = (value: number | null | undefined): number => value ?? Number.NaN

/** Nothing was learned: the loss is that of guessing among ten classes. */
function expectGuessing({ final }: Trained): void {
  expect(final['val.loss']).toBeGreaterThan(2.25)
  expect(final['val.accuracy']).toBeLessThan(0.2)
}

const lessons: Readonly<Record<string, () => Promise<void>>> = {
  optimizers: async () => {
    const short = { dataset: { rows: 4000, testRows: 500 }, training: { epochs: 3 } }
    const names = ['sgd', 'momentum', 'nag', 'adagrad', 'rmsprop', 'adam']
    const losses: Record<string, number> = {}
    for (const name of names) losses[name] = (await train('optimizers', `examples/classic-${name}`, short)).final['train.loss']
    const { sgd, momentum, nag, adagrad, rmsprop, adam } = losses
    for (const adaptive of [adam, rmsprop]) expect(adaptive).toBeLessThan(Math.min(momentum, nag))
    expect(Math.abs(momentum / nag - 1)).toBeLessThan(0.05)
    expect(adagrad).toBeGreaterThan(1.2 * Math.max(momentum, nag))
    expect(sgd).toBeGreaterThan(adagrad)
  },
  'momentum-dialects': async () => {
    const [keras, pytorch] = [await train('momentum-dialects', 'keras'), await train('momentum-dialects', 'pytorch')]
    const [ours, theirs] = [series(keras, 'train.loss'), series(pytorch, 'train.loss')]
    // The update after 60 others is the first with the lower rate; its loss is still that of the weights before.
    for (let step = 0; step <= 60; step++) expect(Math.abs(ours[step] / theirs[step] - 1)).toBeLessThan(1e-3)
    expect(ours[80]).toBeLessThan(0.9 * theirs[80])
    expect(Math.abs(theirs[149] / theirs[70] - 1)).toBeLessThan(0.1)
    expect(ours.at(-1)).toBeLessThan(theirs.at(-1) ?? 0)
  },
  initialization: async () => {
    const [small, xavier, large] = [await train('initialization', 'small'), await train('initialization', 'xavier'), await train('initialization', 'large')]
    expectGuessing(small)
    const spreads = (trained: Trained): readonly number[] => measured(trained).map(({ deviation }) => number(deviation))
    const shrinking = spreads(small)
    for (let layer = 2; layer < shrinking.length; layer++) expect(shrinking[layer] / shrinking[layer - 1]).toBeCloseTo(0.08, 1)
    const even = spreads(xavier)
    expect(Math.min(...even) / Math.max(...even)).toBeGreaterThan(0.4)
    expect(mean(measured(large).map(({ saturation }) => number(saturation)))).toBeGreaterThan(0.5)
    expect(mean(measured(xavier).map(({ saturation }) => number(saturation)))).toBeLessThan(0.2)
    expect(xavier.final['val.accuracy']).toBeGreaterThan(0.9)
    expect(large.final['val.accuracy']).toBeLessThan(xavier.final['val.accuracy'] - 0.05)
  },
  'vanishing-gradients': async () => {
    const [sigmoid, relu, normalized] = [await train('vanishing-gradients', 'sigmoid'), await train('vanishing-gradients', 'relu'), await train('vanishing-gradients', 'batch-norm')]
    expectGuessing(sigmoid)
    const gradients = measured(sigmoid).map(({ weights }) => number(weights?.gradient))
    expect(gradients[0]).toBeLessThan((gradients.at(-1) ?? 0) / 1000)
    expect(relu.final['val.accuracy']).toBeGreaterThan(0.9)
    expect(normalized.final['val.accuracy']).toBeGreaterThan(0.9)
  },
  'batch-norm': async () => {
    expectGuessing(await train('batch-norm', 'small-without'))
    const overflowing = test.start(documentOf('batch-norm', 'large-without'), { baseDirectory: FOLDER })
    const failed = await overflowing.until((event) => event.type === 'failed')
    expect(failed).toMatchObject({ issues: [{ code: 'training-not-finite-unsaved' }] })
    const [small, large] = [await train('batch-norm', 'small-with'), await train('batch-norm', 'large-with')]
    for (const { final } of [small, large]) expect(final['val.accuracy']).toBeGreaterThan(0.9)
    expect(large.final['train.loss']).toBeGreaterThan(small.final['train.loss'])
  },
  overfitting: async () => {
    const [plain, decay, dropout] = [await train('overfitting', 'plain'), await train('overfitting', 'decay'), await train('overfitting', 'dropout')]
    const validation = series(plain, 'val.loss')
    expect(validation.at(-1)).toBeGreaterThan(1.5 * Math.min(...validation))
    const withDecay = series(decay, 'val.loss')
    expect(withDecay.at(-1)).toBeLessThan(1.15 * Math.min(...withDecay))
    expect(decay.final['val.loss']).toBeLessThan(dropout.final['val.loss'])
    expect(dropout.final['val.loss']).toBeLessThan(plain.final['val.loss'])
    for (const { final } of [decay, dropout]) expect(final['train.loss']).toBeGreaterThan(plain.final['train.loss'])
  },
  text: async () => {
    const [last, every] = [await train('text', 'last'), await train('text', 'every')]
    for (const { final } of [last, every]) expect(Math.abs(final['train.perplexity'] - 5.5)).toBeLessThan(1.2)
    expect(last.final['val.perplexity']).toBeGreaterThan(10.5)
    expect(every.final['val.perplexity']).toBeLessThan(10)
    expect(series(every, 'train.loss')).toHaveLength(series(last, 'train.loss').length)
  },
  distillation: async () => {
    const { distill } = lessonSchema.parse(JSON.parse(readFileSync(join(FOLDER, 'distillation', 'lesson.json'), 'utf8')))
    if (distill === undefined) throw new Error('nobody teaches')
    const distillations = new Distillations(test.core)
    const compare = async (labelNoise: number, seeds: number) => {
      const preprocess = { features: { scale: 0.0625 }, labelNoise }
      const [teacher, student] = ['teacher', 'student'].map((name) => document(documentOf('distillation', name, { dataset: { preprocess } })))
      const started = distillations.start({ teacher: { document: teacher, baseDirectory: FOLDER }, student, ...distill, seeds })
      const compared = started.ok ? await distillations.compare(started.value) : started
      if (!started.ok || !compared.ok) throw new Error(JSON.stringify(compared))
      const [taught, distilled, alone] = compared.value.rows
      return { taught, distilled, alone, gain: compared.value.gain, runs: started.value }
    }
    const noisy = await compare(0.3, distill.seeds)
    expect(number(noisy.taught.accuracy)).toBeGreaterThan(0.91)
    expect(number(noisy.alone.accuracy)).toBeLessThan(0.8)
    expect(number(noisy.distilled.accuracy)).toBeLessThan(number(noisy.taught.accuracy))
    expect(number(noisy.taught.parameters) / number(noisy.distilled.parameters)).toBeCloseTo(16, 0)
    expect(noisy.gain?.pairs).toBe(5)
    expect(number(noisy.gain?.mean)).toBeGreaterThan(0.1)
    // Far beyond its standard error: not chance.
    expect(number(noisy.gain?.mean)).toBeGreaterThan((5 * number(noisy.gain?.deviation)) / Math.sqrt(5))
    const best = noisy.runs.alone.map((runId) => Math.max(...test.series(runId, 'val.accuracy').values))
    expect(Math.abs(mean(best) - number(noisy.distilled.accuracy))).toBeLessThan(0.02)
    const learned = noisy.runs.alone.map((runId) => test.series(runId, 'epoch.accuracy').values.at(-1) ?? 0)
    expect(Math.min(...learned)).toBeGreaterThan(0.75)
    const clean = await compare(0, 3)
    expect(Math.abs(number(clean.gain?.mean))).toBeLessThan(0.015)
  },
}

describe('resources/lessons', () => {
  it('has an expectation for every lesson', () => {
    expect(Object.keys(lessons).sort()).toEqual([...ids].sort())
  })

  it.each(ids)('%s: in both languages, with every document that lies beside it', (id) => {
    const lesson = lessonSchema.parse(JSON.parse(readFileSync(join(FOLDER, id, 'lesson.json'), 'utf8')))
    const beside = readdirSync(join(FOLDER, id)).flatMap((file) => (file.endsWith('.descent.json') ? [file.replace('.descent.json', '')] : []))
    expect(lesson.documents.filter((name) => !name.startsWith('examples/')).sort()).toEqual(beside.sort())
    for (const text of [lesson.title, lesson.question, lesson.expectation, lesson.watch]) expect(text['zh-CN']).toMatch(/[\u4e00-\u9fff]/)
  })

  it.each(ids)('%s: does what it says', async (id) => await lessons[id]())
})
