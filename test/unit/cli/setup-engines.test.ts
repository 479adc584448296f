import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryDirectory } from '@test/helpers/temporary'
import { setupCuda, setupTensorflow, TENSORFLOW, type TestedDevice } from '../../../bin/lib/engines.mjs'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const LIBRARY = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'

let root = ''
let said: string[] = []
let tested: string[] = []
beforeEach(() => {
  root = temporaryDirectory()
  said = []
  tested = []
  for (const stream of ['log', 'error'] as const) vi.spyOn(console, stream).mockImplementation((text: string) => void said.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const answer = (...messages: readonly string[]) => async (_root: string, device: string): Promise<TestedDevice> => {
  tested.push(device)
  return await Promise.resolve({ title: 'A device', version: '1.2.3', available: messages.length === 0, reasons: messages.map((message) => ({ message })) })
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('npm run setup:cuda', () => {
  const script = (content: string): void => write('node_modules/onnxruntime-node/script/install.js', content)

  it('fails with the reason and the command where nothing could be fetched, and tests nothing', async () => {
    script('process.exit(3)')
    expect(await setupCuda(root, answer())).toBe(1)
    expect(said.join()).toMatch(/install script ended with 3.*Nothing else has changed.*npm run setup:cuda/)
    expect(tested).toEqual([])
  })

  it('fails where the script says nothing and does nothing', async () => {
    script('')
    expect(await setupCuda(root, answer())).toBe(1)
    expect(said.join()).toMatch(/left no .*libonnxruntime_providers_cuda\.so/)
  })

  it('believes the self-test alone', async () => {
    script(`require('node:fs').mkdirSync('${dirname(LIBRARY)}', { recursive: true }); require('node:fs').writeFileSync('${LIBRARY}', process.argv.slice(2).join())`)
    expect(await setupCuda(root, answer())).toBe(0)
    expect(said.join()).toBe('onnx-cuda works: A device 1.2.3, self-test passed.')
    expect(await setupCuda(root, answer('libcudnn.so.9 is missing'))).toBe(1)
    expect(said.join()).toMatch(/onnx-cuda cannot be used: libcudnn\.so\.9 is missing/)
    expect(tested).toEqual(['onnx-cuda', 'onnx-cuda'])
  })

  it('gives onnxruntime-node\'s own script a flag that it heeds below npm', () => {
    const install = (flag: string) =>
      spawnSync(process.execPath, [join(ROOT, 'node_modules/onnxruntime-node/script/install.js'), `--onnxruntime-node-install=${flag}`], {
        encoding: 'utf8',
        // What npm adds, and a proxy that nobody keeps: whether it tries to fetch is to be seen, not what it gets.
        env: { ...process.env, npm_config_local_prefix: ROOT, npm_package_json: join(ROOT, 'package.json'), GLOBAL_AGENT_HTTP_PROXY: 'http://127.0.0.1:9', GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9' },
      })
    const tried = install('true')
    expect(tried.status).not.toBe(0)
    expect(tried.stderr).toMatch(/ECONNREFUSED|127\.0\.0\.1:9|ENOTFOUND/)
    expect(existsSync(join(ROOT, LIBRARY))).toBe(false)
  })
})

describe.skipIf(!['linux-x64', 'win32-x64'].includes(`${process.platform}-${process.arch}`))('npm run setup:tensorflow-gpu', () => {
  /** In npm's place: notes what it is asked for, and ends as told. */
  function npm(codes: Readonly<Record<string, number>>): void {
    write('npm-cli.js', `require('node:fs').appendFileSync('asked', process.argv.slice(2).join(' ') + '\\n'); process.exit(${JSON.stringify(codes)}[process.argv[2]] ?? 0)`)
    vi.stubEnv('npm_execpath', join(root, 'npm-cli.js'))
  }

  it('installs the package beside the others, runs its script, and believes the self-test alone', async () => {
    npm({})
    expect(await setupTensorflow(root, answer())).toBe(0)
    expect(readFileSync(join(root, 'asked'), 'utf8').split('\n').slice(0, 2)).toEqual([
      `install --no-save --no-audit --no-fund ${TENSORFLOW}`,
      'rebuild --ignore-scripts=false --foreground-scripts @tensorflow/tfjs-node-gpu',
    ])
    expect(said.join()).toBe('tfjs-tensorflow works: A device 1.2.3, self-test passed.')
    expect(await setupTensorflow(root, answer('it is a lemon'))).toBe(1)
    expect(said.join()).toContain('tfjs-tensorflow cannot be used: it is a lemon')
  })

  it.each([
    ['install', /npm ended with 7/],
    ['rebuild', /install script of @tensorflow\/tfjs-node-gpu ended with 7/],
  ])('fails with the reason and the command where %s does', async (step, reason) => {
    npm({ [step]: 7 })
    expect(await setupTensorflow(root, answer())).toBe(1)
    expect(said.join()).toMatch(reason)
    expect(said.join()).toMatch(/Nothing else has changed.*npm run setup:tensorflow-gpu/)
    expect(tested).toEqual([])
  })
})
