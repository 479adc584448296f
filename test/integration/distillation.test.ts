import { statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Folder, linesOf, run } from './cli-harness'

const dataset = { type: 'digits', shape: 'image', preprocess: { features: { scale: 0.0625 }, labelNoise: 0.3 }, split: { train: 0.3, validation: 0.5, seed: 7 } }
const conv = (filters: number) => ({ type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation: 'relu' })
const output = { type: 'dense', units: 10, activation: 'softmax' }

/** A convolutional teacher that does not learn wrong labels by heart, and a small dense student that does. */
const teacher = {
  format: 1,
  name: 'teacher',
  seed: 1,
  dataset,
  model: { nodes: [conv(16), conv(32), { type: 'maxPooling2d' }, { type: 'dropout', rate: 0.25 }, { type: 'flatten' }, { type: 'dense', units: 64, activation: 'relu' }, { type: 'dropout', rate: 0.5 }, output] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 32, epochs: 60 },
}
const student = {
  ...teacher,
  name: 'student',
  model: { nodes: [{ type: 'flatten' }, { type: 'dense', units: 32, activation: 'relu' }, output] },
  training: { ...teacher.training, optimizer: { type: 'adam', learningRate: 0.003 } },
}

interface Row {
  readonly role: string
  readonly runs: number
  readonly accuracy: number
  readonly parameters: number
  readonly speed: number
}

describe('descent distill', () => {
  const folder = new Folder()
  const data = ['--data-dir', folder.at('runs')]
  const write = (name: string, document: object): string => {
    const path = folder.at(name)
    writeFileSync(path, JSON.stringify(document))
    return path
  }
  const paths = { teacher: '', student: '' }
  beforeAll(() => {
    paths.teacher = write('teacher.json', teacher)
    paths.student = write('student.json', student)
  })
  afterAll(() => folder.remove())

  it('trains teacher, students with it and students alone; where labels are wrong, distilled students read far more on the mean of three seeds', async () => {
    const finished = await run(['distill', paths.teacher, paths.student, '--alpha', '0', '--temperature', '2', '--seeds', '3', '--json', ...data])
    expect(finished.errors).toBe('')
    expect(finished.code).toBe(0)
    const lines = linesOf(finished)
    // What trains is told as it trains: of every run all lines that `run` prints, with who it is.
    const told = (event: string): readonly unknown[] => lines.filter((line) => line.event === event).map(({ role, seed }) => [role, seed])
    const order = [['teacher', 1], ...[1, 2, 3].flatMap((seed) => [['distilled', seed], ['alone', seed]])]
    expect(told('prepared')).toEqual(expect.arrayContaining(order))
    expect(told('done')).toEqual(told('prepared'))
    expect(told('epoch')).toHaveLength(7 * 60)
    expect(new Set(lines.slice(0, -1).map(({ runId }) => runId)).size).toBe(7)
    const { rows, gain } = lines.at(-1) as unknown as { rows: readonly Row[]; gain: { pairs: number; mean: number } }
    expect(rows.map(({ role, runs }) => [role, runs])).toEqual([['teacher', 1], ['distilled', 3], ['alone', 3]])
    const [taught, distilled, alone] = rows
    expect(taught.accuracy).toBeGreaterThan(0.9)
    expect(distilled.accuracy).toBeGreaterThan(alone.accuracy + 0.03)
    expect(gain.pairs).toBe(3)
    expect(gain.mean).toBeCloseTo(distilled.accuracy - alone.accuracy, 12)
    expect(distilled.parameters).toBe(alone.parameters)
    expect(distilled.parameters).toBeLessThan(taught.parameters / 5)
    expect(distilled.speed).toBeGreaterThan(taught.speed)
  })

  it('takes an ONNX file as teacher, whose row is the file’s own, and matches a layer where it is asked to', async () => {
    const short = write('short.json', { ...student, training: { ...student.training, epochs: 4 } })
    const file = folder.at('teacher.onnx')
    const list = (await run(['runs', '--json', ...data])).output
    const id = /"id":\s*"([^"]+)"[^}]*?"name":\s*"teacher"/.exec(list)?.[1] ?? ''
    expect((await run(['export', id, '--format', 'onnx', '--out', file, ...data])).code).toBe(0)
    const matched = ['--teacher-layer', 'dense1', '--student-layer', 'dense1', '--beta', '0.1']
    const finished = await run(['distill', file, short, ...matched, '--json', ...data])
    expect([finished.code, finished.errors]).toEqual([0, ''])
    const { rows } = linesOf(finished).at(-1) as unknown as { rows: readonly (Row & { readonly bytes: number })[] }
    expect(rows.map(({ role, runs }) => [role, runs])).toEqual([['teacher', 1], ['distilled', 1], ['alone', 1]])
    expect(rows[0].bytes).toBe(statSync(file).size)
    expect(rows[0].accuracy).toBeGreaterThan(0.9)
    expect(rows[0].speed).toBeGreaterThan(0)
    const { output: shown } = await run(['show', 'last', '--json', ...data])
    expect(shown).not.toContain('regressor')
    const half = await run(['distill', file, short, '--teacher-layer', 'dense1', ...data])
    expect([half.code, half.errors]).toEqual([2, expect.stringContaining('feature.student')])
    const wrong = await run(['distill', file, short, '--teacher-layer', 'conv2d1', '--student-layer', 'dense1', ...data])
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('dense1 [32] cannot be matched with the teacher’s conv2d1 [16, 8, 8]')])
  })

  it('tells people beside the result who trains, and how far it is', async () => {
    const brief = (name: string, document: typeof student | typeof teacher): string => write(name, { ...document, training: { ...document.training, epochs: 2 } })
    const { code, output: text, errors } = await run(['distill', brief('brief-teacher.json', teacher), brief('brief.json', student), '--seeds', '2', ...data])
    expect(code, errors).toBe(0)
    for (const who of ['teacher', ...['distilled', 'alone'].flatMap((role) => [1, 2].map((seed) => `student, ${role}, seed ${String(seed)}`))]) {
      expect(errors).toMatch(new RegExp(`^${who}: [\\d,]+ training,[^]*^${who}: epoch 2/2  train\\.[^]*^${who}: done  `, 'm'))
    }
    expect(text).toMatch(/^ +runs .*\nteacher +1 .*\nstudent, distilled +2 .*\nstudent, alone +2 .*\ndistilled − alone.*\n$/)
  })

  it('takes a past run as teacher, keeps its weights by their hash, and repeats itself bit for bit', async () => {
    const before = linesOf(await run(['runs', '--json', ...data]))
    const runs = (before[0] as unknown as { runs?: readonly { id: string; name: string }[] }).runs ?? (before as unknown as readonly { id: string; name: string }[])
    const id = runs.find(({ name }) => name === 'teacher')?.id
    expect(id).toBeDefined()
    const taught = write('taught.json', { ...student, training: { ...student.training, epochs: 4, distillation: { teacher: { run: id }, alpha: 0.3 } } })
    const losses = async (): Promise<unknown[]> => {
      const lines = linesOf(await run(['run', taught, '--json', ...data]))
      expect(lines.at(-1)).toMatchObject({ event: 'done', status: 'done' })
      return lines.filter(({ event }) => event === 'step').map((line) => [line['train.loss'], line['train.distillation']])
    }
    const first = await losses()
    expect(first.flat().every((value) => typeof value === 'number' && value > 0)).toBe(true)
    expect(await losses()).toEqual(first)
    const { output: shown } = await run(['show', 'last', '--json', ...data])
    expect(shown).toMatch(/[0-9a-f]{64}/)
  })

  it.each([
    ['no such run', { teacher: { run: 'nobody' } }, {}, 'There is no run nobody'],
    ['other weights', { teacher: { run: 'ID', checkpoint: 'a'.repeat(64) } }, {}, 'does not have the weights'],
    ['another split', { teacher: { run: 'ID' } }, { dataset: { ...dataset, split: { train: 0.3, validation: 0.5, seed: 8 } } }, 'was trained on other data'],
  ])('refuses %s', async (_name, distillation, changes, message) => {
    const list = (await run(['runs', '--json', ...data])).output
    const id = /"id":\s*"([^"]+)"[^}]*?"name":\s*"teacher"/.exec(list)?.[1] ?? ''
    const document = { ...student, ...changes, training: { ...student.training, distillation: JSON.parse(JSON.stringify(distillation).replace('ID', id)) as object } }
    const { code, errors } = await run(['run', write('refused.json', document), ...data])
    expect(errors).toContain(message)
    expect(code).toBe(2)
  })
})
