import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { webSocketChannel } from '@shared/protocol/channels/web-socket'
import type { Client, TrainingNotice } from '@shared/protocol/contract'
import { connectChannel, ConnectionLost } from '@shared/protocol/rpc'
import { need } from '@shared/spec'
import { Folder, run, start, type Running } from '../cli-harness'

const DOCUMENT = {
  format: 1,
  name: 'long',
  dataset: { type: 'iris' },
  model: { nodes: [{ id: 'input', type: 'input' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd' }, epochs: 1_000_000 },
}

/** The printed address, once it is there. */
async function addressOf(host: Running): Promise<URL> {
  let said = ''
  host.child.stdout?.on('data', (chunk: string) => (said += chunk))
  await host.saw('token=')
  await expect.poll(() => /http:\/\/\S+\n/.exec(said)).not.toBeNull()
  return new URL(/http:\/\/\S+/.exec(said)?.[0] ?? '')
}

/** A window as a browser opens it: the token becomes a cookie, the cookie opens the socket. */
async function windowAt(address: URL): Promise<Client> {
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0].split(';')[0]
  const socket = new WebSocket(`ws://${address.host}/rpc`, { headers: { Cookie: cookie, Origin: address.origin } })
  await once(socket, 'open')
  return connectChannel(webSocketChannel(socket))
}

/** Waits until these runs train; who asks learns it however late he comes, who listens may miss it. */
async function atWork(client: Client, runIds: readonly string[]): Promise<void> {
  for (const runId of runIds) await expect.poll(async () => (await client.request('runs.read', { runId }))?.status).toBe('running')
}

describe('descent serve', () => {
  const folder = new Folder()
  const running = new Set<Running>()
  afterEach(async () => {
    for (const { child, finished } of running) {
      child.kill('SIGKILL')
      await finished
    }
    running.clear()
  })
  afterAll(() => folder.remove())

  function serve(...args: readonly string[]): Running {
    const started = start(['serve', '--no-open', '--data-dir', folder.at('data'), ...args])
    running.add(started)
    return started
  }

  it('serves the window until Ctrl-C, which stops runs at a checkpoint; the next one resumes them', async () => {
    const host = serve()
    const client = await windowAt(await addressOf(host))
    expect(await client.request('app.info', {})).toMatchObject({ host: 'browser', dataDirectory: folder.at('data') })
    const runIds: string[] = []
    // Two lanes: the third run waits.
    for (let index = 0; index < 3; index++) {
      const { runId } = need(await client.request('runs.start', { document: DOCUMENT, tab: null }))
      runIds.push(runId)
    }
    await atWork(client, runIds.slice(0, 2))
    expect(await client.request('app.status', {})).toMatchObject({ running: runIds.slice(0, 2), queued: [runIds[2]] })
    const lost = new Promise<void>((resolve) => client.onClose(resolve))
    host.child.kill('SIGINT')
    const finished = await host.finished
    await lost
    expect(finished).toMatchObject({ code: 130, signal: null })
    expect(finished.errors).toContain('Ending')
    await expect(client.request('app.info', {})).rejects.toBeInstanceOf(ConnectionLost)

    const again = serve()
    const other = await windowAt(await addressOf(again))
    for (const [index, runId] of runIds.entries()) {
      expect(await other.request('runs.read', { runId })).toMatchObject({ errors: [], status: 'interrupted', checkpoints: index < 2 ? [{}] : [] })
      expect(await other.request('runs.resume', { runId })).toMatchObject({ ok: true })
    }
    again.child.kill('SIGTERM')
    expect((await again.finished).code).toBe(130)
  })

  it('outlives its training process: a run that it took down is offered again, and goes on', async () => {
    const host = serve('--faults')
    const client = await windowAt(await addressOf(host))
    const { runId } = need(await client.request('runs.start', { document: DOCUMENT, tab: null }))
    const heard: TrainingNotice[] = []
    client.subscribe('training', { runId }, (event) => heard.push(event))
    for (const [index, fault] of (['segfault', 'abort', 'kill'] as const).entries()) {
      await atWork(client, [runId])
      expect(await client.request('app.strike', { runId, fault })).toBe(null)
      await expect.poll(() => heard.filter(({ type }) => type === 'lost').length).toBe(index + 1)
      expect(await client.request('runs.read', { runId })).toMatchObject({ status: 'interrupted' })
      expect(await client.request('runs.resume', { runId })).toMatchObject({ ok: true })
    }
    await atWork(client, [runId])
    host.child.kill('SIGINT')
    expect((await host.finished).code).toBe(130)
  })

  it('strikes nothing unless it was told to allow it', async () => {
    const host = serve()
    const client = await windowAt(await addressOf(host))
    await expect(client.request('app.strike', { runId: 'any', fault: 'kill' })).rejects.toThrow()
    host.child.kill('SIGINT')
    await host.finished
  })

  it('keeps a run going while its window is away', async () => {
    const host = serve()
    const address = await addressOf(host)
    const first = await windowAt(address)
    const { runId } = need(await first.request('runs.start', { document: DOCUMENT, tab: null }))
    first.close()
    const second = await windowAt(address)
    const last = async (): Promise<number> => (await second.request('runs.read', { runId }))?.steps ?? 0
    await expect.poll(last).toBeGreaterThan(0)
    const before = await last()
    await expect.poll(last).toBeGreaterThan(before)
    host.child.kill('SIGINT')
    expect((await host.finished).code).toBe(130)
  })

  it('says what is wrong and starts nothing: a port in use, data in use, no port', async () => {
    const host = serve()
    const { port } = await addressOf(host)
    const taken = await run(['serve', '--no-open', '--port', port, '--data-dir', folder.at('other')])
    expect(taken).toMatchObject({ code: 2, errors: expect.stringContaining(`Port ${port} is in use`) as string })
    const locked = await run(['serve', '--no-open', '--data-dir', folder.at('data')])
    expect(locked.code).toBe(2)
    expect(locked.errors).toContain(folder.at('data'))
    expect((await run(['serve', '--port', 'http'])).code).toBe(2)
    host.child.kill('SIGINT')
    expect((await host.finished).code).toBe(130)
  })

  it('refuses a port that there is not, and a folder whose parts are something else, leaving nothing', async () => {
    const beyond = await run(['serve', '--no-open', '--port', '65536', '--data-dir', folder.at('never')])
    expect(beyond).toMatchObject({ code: 2, errors: expect.stringContaining('from 0 to 65535') as string })
    expect(existsSync(folder.at('never'))).toBe(false)
    const odd = folder.at('odd')
    mkdirSync(odd)
    writeFileSync(join(odd, 'files'), 'not a folder')
    expect(await run(['serve', '--no-open', '--data-dir', odd])).toMatchObject({ code: 2, errors: expect.stringContaining(`${join(odd, 'files')} cannot be used`) as string })
    rmSync(join(odd, 'files'))
    mkdirSync(join(odd, 'settings.json'))
    expect(await run(['serve', '--no-open', '--data-dir', odd])).toMatchObject({ code: 2, errors: expect.stringContaining(`${join(odd, 'settings.json')} cannot be used`) as string })
    expect(readdirSync(odd).sort()).toEqual(['files', 'settings.json'])
  })

  it('ends although a browser holds a connection that it has opened ahead of need', async () => {
    const host = serve()
    const { port } = await addressOf(host)
    const silent = connect(Number(port), '127.0.0.1').on('error', () => undefined)
    await once(silent, 'connect')
    host.child.kill('SIGINT')
    expect((await host.finished).code).toBe(130)
    silent.destroy()
  })

  it('speaks Chinese', async () => {
    const host = serve('--lang', 'zh-CN')
    await host.saw('运行于')
    host.child.kill('SIGINT')
    expect((await host.finished).errors).toContain('正在结束')
  })
})
