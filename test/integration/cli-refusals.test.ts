import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, linesOf, run } from './cli-harness'

interface Found {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
}

describe('what is wrong', () => {
  const folder = new Folder()
  const data = folder.at('runs')
  afterAll(() => folder.remove())

  const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Record<string, unknown>

  it('lists every problem of a document with its place and the fix, exits with 2 and writes nothing', async () => {
    const document = folder.write('bad.json', JSON.stringify({ ...example, seeed: 1, training: { ...(example.training as object), batchSize: -4, optimizer: { type: 'adamm' } } }))
    const { code, output, errors } = await run(['run', document, '--data-dir', data])
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toMatch(/problem: seeed: .*Did you mean "seed"\?/)
    expect(errors).toMatch(/problem: training\.batchSize: /)
    expect(errors).toMatch(/problem: training\.optimizer\.type: .*adamm.*Did you mean "adam"\?/)
    expect(errors).toContain('3 problems')
    expect(existsSync(data)).toBe(false)
  })

  it('tells what is wrong with the model beside what the schema finds', async () => {
    const nodes = [{ type: 'flatten' }, { id: 'sum', type: 'add' }, { id: 'output', type: 'dense', units: 0 }]
    const document = folder.write('worse.json', JSON.stringify({ ...example, model: { nodes } }))
    const { code, errors } = await run(['validate', document])
    expect(code).toBe(2)
    expect(errors).toMatch(/problem: model\.nodes\[2\]\.units: /)
    expect(errors).toMatch(/problem: model\.nodes\[1\]: .*sum/)
    expect(errors).toContain('2 problems')
  })

  it('gives programs the same as JSON', async () => {
    const finished = await run(['run', EXAMPLE, '--json', '--set', 'training.batchSize=0', '--data-dir', data])
    expect(finished.code).toBe(2)
    const [line] = linesOf(finished) as unknown as readonly { event: string; issues: readonly Found[] }[]
    expect(line.event).toBe('invalid')
    expect(line.issues.map(({ path }) => path)).toEqual([['training', 'batchSize']])
    expect(existsSync(data)).toBe(false)
  })

  it.each([
    ['unreadable JSON', '{ "format": 1, ', /not valid JSON/],
    ['a list instead of a document', '[]', /must be a JSON object/],
    ['a newer format', '{ "format": 99 }', /format 99.*Update Descent/],
  ])('refuses %s', async (_what, text, words) => {
    const { code, errors } = await run(['validate', folder.write('text.json', text)])
    expect(code).toBe(2)
    expect(errors).toMatch(words)
  })

  it.each([
    [['run', 'absent.json'], /There is no file .*absent\.json/],
    [['run', '.'], /cannot be read/],
    [['run'], /missing required argument/],
    [['run', EXAMPLE, '--frobnicate'], /unknown option/],
    [['run', EXAMPLE, '--seed', '1.5'], /whole number/],
    [['run', EXAMPLE, '--set', 'training.epochs'], /write path=value/],
    [['run', EXAMPLE, '--set', 'training.epocs=3'], /training\.epocs: .*not known/],
    [['run', EXAMPLE, '--set', 'model.nodes.nobody.units=3'], /model\.nodes: .*nobody/],
    [['train', EXAMPLE], /unknown command/],
    [['range', EXAMPLE, '--from', 'small'], /--from <rate>' argument 'small' is invalid\. It must be a number\./],
    [['distill', EXAMPLE, EXAMPLE, '--alpha', ''], /It must be a number\./],
    [['run', EXAMPLE, '--lang', 'fr'], /--lang <language>' argument 'fr' is invalid\. It must be one of: en, zh-CN\./],
    [['--lang=', 'runs'], /It must be one of: en, zh-CN\./],
    [['runs', '--help', '--lang', 'zhcn'], /argument 'zhcn' is invalid/],
    [['sample', 'last', '--length', 'NaN'], /It must be a number\./],
    [['data', EXAMPLE, '--npz', 'a.npz', '--augmented', 'a.png'], /--npz <path>' cannot be used with option '--augmented <path>'/],
  ])('%j exits with 2', async (args, words) => {
    const { code, output, errors } = await run(args, { cwd: folder.path, environment: { DESCENT_DATA_DIR: data } })
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toMatch(words)
    expect(existsSync(data)).toBe(false)
  })

  it.each([
    [['run'], '错误：缺少参数“document”\n`descent run --help` 会列出可用的选项。\n'],
    [['export', 'last'], '错误：必须给出选项“--format <format>”\n`descent export --help` 会列出可用的选项。\n'],
    [['run', EXAMPLE, '--seed'], '错误：选项“--seed <number>”缺少值\n`descent run --help` 会列出可用的选项。\n'],
    [['run', EXAMPLE, '--seed', '-1'], '错误：选项“--seed <number>”的值“-1”无效。必须是不小于 0 的整数。\n`descent run --help` 会列出可用的选项。\n'],
    [['translate', EXAMPLE, '--to', 'jax'], '错误：选项“--to <dialect>”的值“jax”无效。可选值：keras, pytorch, textbook。\n`descent translate --help` 会列出可用的选项。\n'],
    [['data', EXAMPLE, '--npz', 'a.npz', '--augmented', 'a.png'], '错误：选项“--npz <path>”不能与“--augmented <path>”同时使用\n`descent data --help` 会列出可用的选项。\n'],
    [['run', EXAMPLE, '--jsn'], '错误：未知选项“--jsn”\n（是否指 --json？）\n`descent run --help` 会列出可用的选项。\n'],
    [['rnu'], '错误：未知命令“rnu”\n（是否指 run？）\n`descent --help` 会列出可用的选项。\n'],
    [['runs', 'a', 'b'], '错误：参数过多：应为 0 个，实为 2 个（a, b）。\n`descent runs --help` 会列出可用的选项。\n'],
  ])('says in Chinese, too, what the command line lacks: %j', async (args, words) => {
    expect(await run([...args, '--lang=zh-CN'], { cwd: folder.path })).toMatchObject({ code: 2, output: '', errors: words })
  })

  it('says in the language of the environment that another is not known', async () => {
    const { code, output, errors } = await run(['runs', '--lang', 'fr'], { environment: { LANG: 'zh_CN.UTF-8' } })
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain('选项“--lang <language>”的值“fr”无效。可选值：en, zh-CN。')
  })

  it.each([
    ['en', 'Usage: descent runs', '(default: 20)'],
    ['zh-CN', '用法： descent runs', '（默认：20）'],
  ])('helps in the language that was asked for: %s', async (language, usage, limit) => {
    const { code, output } = await run(['runs', '--help', '--lang', language])
    expect(code).toBe(0)
    expect(output).toContain(usage)
    expect(output).toContain(limit)
    expect(output).not.toContain('default: false')
  })

  it('finds what only shows with the data, without training', async () => {
    const args = ['--set', 'training.batchSize=100000', '--set', 'model.nodes.output.units=3']
    const { code, errors } = await run(['validate', EXAMPLE, ...args])
    expect(code).toBe(2)
    expect(errors).toMatch(/training\.batchSize: .*100000.*1438/)
    expect(errors).toMatch(/training\.loss: .*3 outputs.*10 classes/)
    const json = JSON.parse((await run(['validate', EXAMPLE, '--json', ...args])).output) as { valid: boolean; issues: readonly Found[] }
    expect(json.valid).toBe(false)
    expect(json.issues.map(({ path }) => path.join('.'))).toEqual(['training.loss', 'training.metrics.0', 'training.metrics.1', 'training.batchSize'])
  })

  it('keeps no run of a document whose data cannot be read', async () => {
    const document = folder.write('lost.json', JSON.stringify({ ...example, dataset: { type: 'csv', path: 'lost.csv', target: 'y' } }))
    const finished = await run(['run', document, '--data-dir', data])
    expect(finished).toMatchObject({ code: 2, output: '' })
    expect(finished.errors).toMatch(/lost\.csv/)
    expect(existsSync(data)).toBe(false)
    expect((await run(['runs', '--json', '--data-dir', data])).output).toBe('')
  })

  it.each(['run', 'validate'])('%s names the devices where there is none such', async (command) => {
    const { code, output, errors } = await run([command, EXAMPLE, '--set', 'engine.preference=gpu', ...(command === 'run' ? ['--data-dir', data] : [])])
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toMatch(/^problem: engine\.preference: .*"gpu".*onnx-cpu.*tfjs-cpu/)
    expect(existsSync(data)).toBe(false)
  })

  it('finds a warm-up that is longer than the run, without training', async () => {
    const { code, errors } = await run(['validate', EXAMPLE, '--set', 'training.schedule={"type":"cosine","warmup":{"epochs":99}}'])
    expect(code).toBe(2)
    expect(errors).toMatch(/training\.schedule\.warmup: /)
  })

  it('tells programs of refused data as of refused documents', async () => {
    const finished = await run(['run', EXAMPLE, '--json', '--set', 'model.nodes.output.units=3', '--data-dir', data])
    expect(finished.code).toBe(2)
    expect(linesOf(finished)).toMatchObject([{ event: 'invalid', issues: [{ path: ['training', 'loss'] }, {}, {}] }])
    expect(existsSync(data)).toBe(false)
  })

  it('names the file, line and column of a bad cell', async () => {
    folder.write('cells.csv', 'a,b,y\n1,2,0\n3,oops,1\n5,6,0\n')
    const dataset = { type: 'csv', path: 'cells.csv', target: 'y', numeric: ['b'] }
    const { code, errors } = await run(['data', folder.write('cells.json', JSON.stringify({ ...example, dataset }))])
    expect(code).toBe(2)
    expect(errors).toMatch(/cells\.csv.*3.*b.*oops/)
  })
})

describe('what is right', () => {
  it('validates the sample experiment', async () => {
    expect(await run(['validate', EXAMPLE])).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('no problems') as string })
  })

  it('shows the data that a document reads', async () => {
    const { code, output } = await run(['data', EXAMPLE])
    expect(code).toBe(0)
    expect(output).toContain('1,797 rows of shape 64')
    expect(output).toContain('1,438 training, 359 validation, 0 test rows')
    const summary = JSON.parse((await run(['data', EXAMPLE, '--json'])).output) as { rows: number; classCounts: readonly number[] }
    expect(summary.classCounts.reduce((sum, count) => sum + count, 0)).toBe(summary.rows)
  })

  it('shows a table as a table: names, gaps, and the target last, however wide it is', async () => {
    const folder = new Folder()
    const names = Array.from({ length: 60 }, (_, index) => `c${String(index)}`)
    const rows = Array.from({ length: 100 }, (_, row) => [...names.map((name) => (row === 0 && name === 'c1' ? '' : String(row))), `k${String(row % 50)}`].join(','))
    folder.write('wide.csv', [[...names, 'kind'].join(','), ...rows].join('\n'))
    const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as object
    const document = folder.write('wide.json', JSON.stringify({ ...example, dataset: { type: 'csv', path: 'wide.csv', target: 'kind' } }))
    const { code, output } = await run(['data', document])
    expect(code).toBe(0)
    expect(output).toContain('50 classes (k0, k1, ')
    expect(output).toMatch(/\n… and 20 more\n[^]*\n… and 10 more\n/)
    expect(output).toMatch(/\n *c0 +c1 +c2 .*… +class\n *0 +– +0 .*… +k0\n/)
    folder.remove()
  })

  it('prints the JSON Schema', async () => {
    const { code, output } = await run(['schema'])
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ type: 'object', required: expect.arrayContaining(['dataset', 'model', 'training']) as string[] })
  })

  it('lists devices, of which the processor always trains', async () => {
    const finished = await run(['devices', '--json'])
    expect(finished.code).toBe(0)
    const devices = linesOf(finished) as unknown as readonly { id: string; title: string; available: boolean; reasons: readonly { code: string; message: string }[] }[]
    expect(devices.find((each) => each.id === 'onnx-cpu')?.available).toBe(true)
    expect(devices.filter((each) => !each.available).every((each) => each.reasons.length > 0)).toBe(true)
  })

  it('tells where the operators of a step run', async () => {
    const text = await run(['devices', '--placements', EXAMPLE, '--engine', 'onnx-cpu'])
    expect(text.code, text.errors).toBe(0)
    expect(text.output).toMatch(/^operator +runs on +nodes +ms\/step +of$/m)
    expect(text.output).toMatch(/^onnx-cpu: 0 of \d+ nodes run on the CPU instead$/m)
    const json = await run(['devices', '--placements', EXAMPLE, '--engine', 'tfjs-cpu', '--json'])
    expect(JSON.parse(json.output)).toMatchObject({ device: 'tfjs-cpu', placements: expect.arrayContaining([expect.objectContaining({ place: 'device' })]) as object[] })
    const refused = await run(['devices', '--placements', EXAMPLE, '--engine', 'onnx-tpu'])
    expect(refused.code).toBe(2)
    expect(refused.errors).toMatch(/onnx-tpu.*onnx-cpu/)
  })

  it('says that there are no runs yet', async () => {
    const folder = new Folder()
    const { code, output, errors } = await run(['runs', '--data-dir', folder.at('none')])
    expect({ code, output }).toEqual({ code: 0, output: '' })
    expect(errors).toContain('No runs in')
    folder.remove()
  })

  it('helps, in both languages', async () => {
    const english = await run(['--help'])
    expect(english).toMatchObject({ code: 0, errors: '' })
    for (const command of ['run', 'validate', 'data', 'runs', 'show', 'resume', 'export', 'devices', 'schema']) expect(english.output).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    expect((await run(['run', '--help', '--lang', 'zh-CN'])).output).toContain('训练文档所描述的实验')
    expect((await run(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
