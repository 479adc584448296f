import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { carriers, type Carrier } from '@test/helpers/carriers'
import type { Client, RequestName, RequestParams, RequestResults, Service, TopicEvents, TopicFilter, TopicName } from '@shared/protocol/contract'
import { connectChannel, ConnectionLost, HostError, serveChannel } from '@shared/protocol/rpc'

const SLICE = { steps: Float64Array.of(1, 2), seconds: Float64Array.of(0.5, 1), values: Float64Array.of(Number.NaN, -Infinity), total: 2, complete: true }

class OddError extends Error {
  override readonly name = 'OddError'
}

/** Answers what it was asked; counts its subscriptions. */
class TestService implements Service {
  readonly requests: { readonly name: RequestName; readonly params: unknown }[] = []
  readonly emits = new Set<(event: TopicEvents['points']) => void>()
  readonly fails: ((error: unknown) => void)[] = []
  /** Requests for `app.devices` wait for it. */
  release: () => void = () => undefined

  async request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]> {
    this.requests.push({ name, params })
    switch (name) {
      case 'series.read':
        return SLICE as RequestResults[K]
      case 'runs.read':
        throw new OddError('deliberate')
      case 'app.devices':
        await new Promise<void>((resolve) => (this.release = resolve))
        return [] as unknown as RequestResults[K]
      default:
        return params as unknown as RequestResults[K]
    }
  }

  subscribe<K extends TopicName>(topic: K, _filter: TopicFilter<K>, emit: (event: TopicEvents[K]) => void, fail: (error: unknown) => void): () => void {
    if (topic === 'training') throw new OddError('no training here')
    const own = emit as (event: TopicEvents['points']) => void
    this.emits.add(own)
    this.fails.push(fail)
    return () => this.emits.delete(own)
  }
}

describe.each(Object.entries(carriers))('the contract over %s', (_name, make) => {
  const open: Carrier[] = []
  afterEach(() => {
    for (const carrier of open.splice(0)) carrier.dispose()
  })

  async function connected() {
    const carrier = await make()
    open.push(carrier)
    const service = new TestService()
    const errors: { readonly subject: string; readonly error: unknown }[] = []
    serveChannel(service, carrier.host, { onError: (subject, error) => errors.push({ subject, error }) })
    return { carrier, service, errors, client: connectChannel(carrier.window) }
  }

  it('carries parameters and results, typed arrays as typed arrays', async () => {
    const { client, service } = await connected()
    expect(await client.request('series.read', { runId: 'r', key: 'train.loss', maxPoints: 100 })).toStrictEqual(SLICE)
    const content = Uint8Array.of(1, 2, 3)
    await client.request('files.upload', { name: 'a.csv', content })
    expect(service.requests.at(-1)).toStrictEqual({ name: 'files.upload', params: { name: 'a.csv', content } })
  })

  it('answers requests as they are ready, not as they came', async () => {
    const { client, service } = await connected()
    const slow = client.request('app.devices', {})
    await client.request('app.info', {})
    service.release()
    expect(await slow).toEqual([])
  })

  it('lets only name and message of an error out; the host logs all of it', async () => {
    const { client, errors } = await connected()
    const error: unknown = await client.request('runs.read', { runId: 'r' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HostError)
    expect(error).toMatchObject({ message: 'runs.read: deliberate', kind: 'OddError' })
    expect((error as Error).stack).not.toContain('TestService')
    expect(errors).toEqual([{ subject: 'runs.read', error: expect.any(OddError) as unknown }])
  })

  it.each<[string, string, unknown, RegExp]>([
    ['an unknown request', 'runs.destroy', {}, /no such request/],
    ['a method of every object', 'constructor', {}, /no such request/],
    ['a prototype', '__proto__', {}, /no such request/],
    ['a missing parameter', 'runs.read', {}, /runId/],
    ['an unknown parameter', 'runs.read', { runId: 'r', more: 1 }, /more/],
    ['a parameter of the wrong type', 'runs.read', { runId: 7 }, /runId/],
    ['an endless number of points', 'series.read', { runId: 'r', key: 'k', maxPoints: Infinity }, /maxPoints/],
    ['a key __proto__', 'runs.start', { document: JSON.parse('{"a":[{"__proto__":{"polluted":1}}]}') as unknown, tab: null }, /__proto__/],
    ['parameters nested without end', 'settings.write', { key: 'a', value: nested(500) }, /nested|deep/],
    ['a setting named like a prototype', 'settings.write', { key: '__proto__', value: 1 }, /key/],
    ['a document text of 9 million characters', 'workspace.write', { tabs: [{ id: 'a', text: 'x'.repeat(9 * 1024 * 1024), file: null, savedText: null }], active: null }, /text/],
  ])('refuses %s', async (_title, name, params, message) => {
    const { client, service, errors } = await connected()
    const sent = (client as unknown as { request(name: string, params: unknown): Promise<unknown> }).request(name, params)
    await expect(sent).rejects.toThrow(message)
    expect(service.requests).toEqual([])
    expect(errors).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'request'],
    ['an unknown type', { type: 'shutdown' }],
    ['a request without number', { type: 'request', name: 'app.info', params: {} }],
    ['a number that is none', { type: 'request', id: '1', name: 'app.info', params: {} }],
    ['an answer', { type: 'result', id: 1, value: 1 }],
  ])('closes when it hears %s', async (_title, message) => {
    const { client, carrier, service } = await connected()
    const lost = closed(client)
    carrier.forge(message)
    await lost
    expect(service.requests).toEqual([])
  })

  it('delivers events until the subscription ends', async () => {
    const { client, service } = await connected()
    const got: unknown[] = []
    const end = client.subscribe('points', { runId: 'r', keys: [] }, (event) => got.push(event))
    await client.request('app.info', {})
    const event: TopicEvents['points'] = { runId: 'r', series: { 'train.loss': { steps: Float64Array.of(1), seconds: Float64Array.of(1), values: Float64Array.of(2), cursor: { point: 1 }, restarted: false } } }
    for (const emit of service.emits) emit(event)
    await client.request('app.info', {})
    expect(got).toStrictEqual([event])
    const [late] = service.emits
    end()
    await client.request('app.info', {})
    expect(service.emits.size).toBe(0)
    late(event)
    await client.request('app.info', {})
    expect(got).toHaveLength(1)
  })

  it('keeps subscriptions apart', async () => {
    const { client, service } = await connected()
    const first: unknown[] = []
    const second: unknown[] = []
    const end = client.subscribe('points', { runId: 'a', keys: [] }, (event) => first.push(event))
    client.subscribe('points', { runId: 'b', keys: [] }, (event) => second.push(event))
    await client.request('app.info', {})
    end()
    await client.request('app.info', {})
    for (const emit of service.emits) emit({ runId: 'b', series: {} })
    await client.request('app.info', {})
    expect([first, second]).toEqual([[], [{ runId: 'b', series: {} }]])
  })

  it('tells a window that a subscription is over, and goes on', async () => {
    const carrier = await make()
    open.push(carrier)
    const service = new TestService()
    const errors: unknown[] = []
    serveChannel(service, carrier.host, { onError: (subject, error) => errors.push([subject, error]) })
    const heard: unknown[] = []
    carrier.window.onMessage((message) => heard.push(message))
    carrier.window.post({ type: 'subscribe', id: 1, topic: 'points', filter: { runId: 'r', keys: [] } })
    await expect.poll(() => service.fails.length).toBe(1)
    const error = new OddError('the history is damaged')
    service.fails[0](error)
    await expect.poll(() => heard).toEqual([{ type: 'ended', id: 1, error: { name: 'OddError', message: 'the history is damaged' } }])
    expect(errors).toEqual([['points', error]])
    // Its number is free again.
    carrier.window.post({ type: 'subscribe', id: 1, topic: 'points', filter: { runId: 'r', keys: [] } })
    await expect.poll(() => service.fails.length).toBe(2)
  })

  it('ends subscriptions and requests with the connection, on both sides', async () => {
    const { client, carrier, service } = await connected()
    client.subscribe('points', { runId: 'r', keys: [] }, () => undefined)
    await client.request('app.info', {})
    const waiting = client.request('app.devices', {})
    const lost = closed(client)
    carrier.host.close()
    await expect(waiting).rejects.toBeInstanceOf(ConnectionLost)
    await lost
    await expect.poll(() => service.emits.size).toBe(0)
    await expect(client.request('app.info', {})).rejects.toBeInstanceOf(ConnectionLost)
    // An answer that comes too late goes nowhere.
    service.release()
    await sleep(10)
  })

  it('ends subscriptions at the host when the window closes', async () => {
    const { client, service } = await connected()
    client.subscribe('runs', {}, () => undefined)
    await client.request('app.info', {})
    expect(service.emits.size).toBe(1)
    client.close()
    await expect.poll(() => service.emits.size).toBe(0)
  })
})

function closed(client: Client): Promise<void> {
  return new Promise((resolve) => client.onClose(resolve))
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}
