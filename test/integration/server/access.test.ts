import { once } from 'node:events'
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { request, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startServer, type RunningServer } from '@main/server'
import { encode } from '@shared/protocol/codec'
import { webSocketChannel } from '@shared/protocol/channels/web-socket'
import { MAX_UPLOAD_BYTES, type Service } from '@shared/protocol/contract'
import { connectChannel } from '@shared/protocol/rpc'
import { need } from '@shared/spec'
import { sharedDirectory } from '@test/helpers/temporary'

const SCRIPT = 'console.log("window")'.repeat(1000)

const service: Service = {
  request: (name, params) => Promise.resolve({ name, params } as never),
  subscribe: () => () => undefined,
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

describe('the server', () => {
  const folder = sharedDirectory()
  const renderer = join(folder, 'out', 'renderer')
  let server: RunningServer

  beforeAll(async () => {
    mkdirSync(join(renderer, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(join(folder, 'out', 'secret.js'), 'secret')
    writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Descent</title>')
    writeFileSync(join(renderer, 'private.key'), 'secret')
    writeFileSync(join(renderer, 'assets', 'index-abc.js'), SCRIPT)
    writeFileSync(join(renderer, 'assets', 'index-abc.js.gz'), gzipSync(SCRIPT))
    server = need(await startServer({ service, rendererDirectory: renderer, port: 0, onError: (_subject, error) => expect.unreachable(String(error)) }))
  })

  afterAll(async () => await server.close())

  /** Paths go out as they are: `fetch` would tidy them. */
  async function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers: { Host: host(), ...headers } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }))
      })
      sent.on('error', reject)
      sent.end()
    })
  }

  const host = (): string => `127.0.0.1:${String(server.port)}`
  const token = (): string => new URL(server.url).searchParams.get('token') ?? ''
  const cookie = (): string => `descent-${String(server.port)}=${token()}`

  describe('lets in', () => {
    it('who has the token, and turns it into a cookie that no script reads', async () => {
      const entered = await get(`/?token=${token()}`)
      expect(entered.status).toBe(303)
      expect(entered.headers.location).toBe('/')
      expect(entered.headers['set-cookie']).toEqual([`${cookie()}; HttpOnly; SameSite=Strict; Path=/`])
      expect(entered.headers['cache-control']).toBe('no-store')
      const page = await get('/', { Cookie: `theme=dark; ${cookie()}` })
      expect([page.status, page.body.toString()]).toEqual([200, '<!doctype html><title>Descent</title>'])
    })

    it('who comes from a link on another page, by a page of its own instead of a redirect', async () => {
      const entered = await get(`/?token=${token()}`, { 'Sec-Fetch-Site': 'cross-site' })
      expect(entered.status).toBe(200)
      expect(entered.headers['set-cookie']).toHaveLength(1)
      expect(entered.body.toString()).toContain('url=/')
      expect(entered.body.toString()).not.toContain(token())
    })

    it('a ticket once', async () => {
      const ticket = new URL(server.ticketUrl()).searchParams.get('token') ?? ''
      expect(ticket).not.toBe(token())
      expect((await get(`/?token=${ticket}`)).status).toBe(303)
      expect((await get(`/?token=${ticket}`)).status).toBe(403)
    })

    it('a tunnel from another port, under the names of this machine', async () => {
      const entered = await get(`/?token=${token()}`, { Host: 'localhost:8080' })
      expect(entered.headers['set-cookie']).toEqual([`descent-8080=${token()}; HttpOnly; SameSite=Strict; Path=/`])
      expect((await get('/', { Host: 'localhost:8080', Cookie: `descent-8080=${token()}` })).status).toBe(200)
    })
  })

  describe('keeps out', () => {
    it.each<[string, () => Readonly<Record<string, string>>]>([
      ['no cookie', () => ({})],
      ['a wrong token', () => ({ Cookie: `descent-${String(server.port)}=${'A'.repeat(43)}` })],
      ['half a token', () => ({ Cookie: cookie().slice(0, -1) })],
      ['an empty token', () => ({ Cookie: `descent-${String(server.port)}=` })],
      ['a token for another port', () => ({ Cookie: `descent-1=${token()}` })],
    ])('%s, with a page that says what to do', async (_title, headers) => {
      for (const path of ['/', '/assets/index-abc.js', '/?token=wrong', '/?token=']) {
        const refused = await get(path, headers())
        expect(refused.status).toBe(403)
        expect(refused.body.toString()).toContain('Open the address')
        expect(refused.headers['set-cookie']).toBeUndefined()
      }
    })

    it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example:80', '127.0.0.1@evil.example', '[::1]', '127.0.0.1:99999999', '0.0.0.0', '2130706433'])(
      'the forged host %j, token or not',
      async (forged) => {
        const refused = await get(`/?token=${token()}`, { Host: forged, Cookie: cookie() })
        expect(refused.status).toBe(421)
        expect(refused.headers['set-cookie']).toBeUndefined()
      },
    )

    it.each([
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.js',
      '/assets/../../secret.js',
      '/assets/..\\..\\secret.js',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
      '//etc/passwd',
      '/%00',
      '/assets/index-abc.js%00.html',
      '/assets',
      '/assets/',
      '/private.key',
      '/assets/index-abc.js.gz',
      '/constructor',
      '/__proto__',
      'http://evil.example/../secret.txt',
    ])('the path %s', async (path) => {
      const answer = await get(path, { Cookie: cookie() })
      expect([404, 403]).toContain(answer.status)
      expect(answer.body.toString()).not.toContain('secret')
    })

    it('other methods', async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('/', { Cookie: cookie() }, method)).status).toBe(405)
      expect((await get('/', { Cookie: cookie() }, 'HEAD')).body).toHaveLength(0)
    })
  })

  it('sends a strict policy with every answer', async () => {
    for (const answer of [await get('/', { Cookie: cookie() }), await get('/'), await get('/nothing', { Cookie: cookie() }), await get('/', {}, 'POST')]) {
      const policy = answer.headers['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })

  it('sends files with their type, gzipped where that is taken, and lets browsers keep what never changes', async () => {
    const plain = await get('/assets/index-abc.js', { Cookie: cookie() })
    expect(plain.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'private, max-age=31536000, immutable' })
    expect(plain.body.toString()).toBe(SCRIPT)
    const packed = await get('/assets/index-abc.js', { Cookie: cookie(), 'Accept-Encoding': 'br, gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.body).toEqual(gzipSync(SCRIPT))
    const page = await get('/', { Cookie: cookie() })
    expect(page.headers['cache-control']).toBe('private, no-cache')
    const again = await get('/', { Cookie: cookie(), 'If-None-Match': page.headers.etag ?? '' })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  it('says so while the window is not built, and serves it as soon as it is', async () => {
    const later = join(folder, 'later')
    const errors: unknown[] = []
    const started = need(await startServer({ service, rendererDirectory: later, port: 0, onError: (subject, error) => errors.push([subject, error]) }))
    const base = `http://127.0.0.1:${String(started.port)}/`
    const headers = { Cookie: `descent-${String(started.port)}=${new URL(started.url).searchParams.get('token') ?? ''}` }
    const before = await fetch(base, { headers })
    expect([before.status, await before.text()]).toEqual([503, expect.stringContaining('npm run build') as unknown])
    mkdirSync(later)
    writeFileSync(join(later, 'index.html'), 'built')
    expect(await (await fetch(base, { headers })).text()).toBe('built')
    // While it is built anew, a file is gone that was there a moment ago.
    mkdirSync(join(later, 'assets'))
    writeFileSync(join(later, 'assets', 'a.js'), 'a')
    writeFileSync(join(later, 'index.html'), 'built again')
    utimesSync(join(later, 'index.html'), 1, 1)
    expect(await (await fetch(base, { headers })).text()).toBe('built again')
    rmSync(join(later, 'assets', 'a.js'))
    await expect(fetch(`${base}assets/a.js`, { headers })).rejects.toThrow()
    expect(errors).toMatchObject([['page', { code: 'ENOENT' }]])
    expect(await (await fetch(base, { headers })).text()).toBe('built again')
    await started.close()
  })

  it('tells when the port is taken', async () => {
    const second = await startServer({ service, rendererDirectory: renderer, port: server.port, onError: () => undefined })
    expect(second).toMatchObject({ ok: false, issues: [{ code: 'server-port-taken', args: { port: server.port } }] })
  })

  it('listens on this machine only', async () => {
    // An address of the loopback network that is not 127.0.0.1 reaches whoever listens on all interfaces.
    const socket = connect({ host: '127.0.0.2', port: server.port })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })

  describe('its socket', () => {
    const origin = (): string => `http://${host()}`

    function dial(headers: Readonly<Record<string, string>>, path = '/rpc'): WebSocket {
      return new WebSocket(`ws://127.0.0.1:${String(server.port)}${path}`, { headers, perMessageDeflate: false })
    }

    async function refusalOf(headers: Readonly<Record<string, string>>, path?: string): Promise<string> {
      const [error] = (await once(dial(headers, path), 'error')) as [Error]
      return error.message
    }

    async function opened(): Promise<WebSocket> {
      const socket = dial({ Origin: origin(), Cookie: cookie() })
      await once(socket, 'open')
      return socket
    }

    it('serves the contract to its own page', async () => {
      const client = connectChannel(webSocketChannel(await opened()))
      expect(await client.request('app.info', {})).toEqual({ name: 'app.info', params: {} })
      client.close()
    })

    it.each<[string, () => Readonly<Record<string, string>>, string]>([
      ['a foreign origin', () => ({ Origin: 'https://evil.example', Cookie: cookie() }), '403'],
      ['another port of this machine', () => ({ Origin: 'http://127.0.0.1:1', Cookie: cookie() }), '403'],
      ['another name of this machine', () => ({ Origin: `http://localhost:${String(server.port)}`, Cookie: cookie() }), '403'],
      ['a page from a file', () => ({ Origin: 'null', Cookie: cookie() }), '403'],
      ['no origin', () => ({ Cookie: cookie() }), '403'],
      ['no token', () => ({ Origin: origin() }), '403'],
      ['a wrong token', () => ({ Origin: origin(), Cookie: `descent-${String(server.port)}=wrong` }), '403'],
      ['a host that was pointed here', () => ({ Host: 'evil.example', Origin: 'http://evil.example', Cookie: cookie() }), '421'],
      ['a host that was pointed here, on our port', () => ({ Host: `evil.example:${String(server.port)}`, Origin: `http://evil.example:${String(server.port)}`, Cookie: cookie() }), '421'],
    ])('refuses %s', async (_title, headers, status) => {
      expect(await refusalOf(headers())).toContain(status)
    })

    it('is at its own path only', async () => {
      expect(await refusalOf({ Origin: origin(), Cookie: cookie() }, '/other')).toContain('404')
      expect(await refusalOf({ Origin: origin(), Cookie: cookie() }, `/rpc?token=${token()}`)).toContain('404')
    })

    it.each<[string, string | Uint8Array]>([
      ['text', '{"type":"request","id":1,"name":"app.info","params":{}}'],
      ['noise', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)],
      ['a header that promises gigabytes', Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)],
      ['a message of no known type', encode({ type: 'shutdown' })],
    ])('closes on %s', async (_title, message) => {
      const socket = await opened()
      socket.send(message)
      await once(socket, 'close')
      // The host goes on.
      expect((await get('/', { Cookie: cookie() })).status).toBe(200)
    })

    /** A frame's head that announces `length` bytes; nothing of them need follow. */
    function frameHead(length: number, final: boolean, opcode: number): Buffer {
      const head = Buffer.alloc(14)
      head[0] = (final ? 0x80 : 0) | opcode
      head[1] = 0x80 | 127
      head.writeBigUInt64BE(BigInt(length), 2)
      return head
    }

    async function raw(): Promise<Socket> {
      const socket = connect({ host: '127.0.0.1', port: server.port })
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: ${host()}\r\nOrigin: ${origin()}\r\nCookie: ${cookie()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      )
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(answer.toString()).toContain('101 Switching Protocols')
      return socket
    }

    /** The close code that the server sends before it hangs up. */
    async function closeCode(socket: Socket): Promise<number> {
      const chunks: Buffer[] = []
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
      await once(socket, 'close')
      const frame = Buffer.concat(chunks)
      expect(frame[0]).toBe(0x88)
      return frame.readUInt16BE(2)
    }

    it('refuses a document of a gigabyte when it is announced, before it is sent', async () => {
      const socket = await raw()
      socket.write(frameHead(2 ** 30, true, 2))
      expect(await closeCode(socket)).toBe(1009)
    })

    it('refuses it in pieces, too, as soon as they add up to too much', async () => {
      const socket = await raw()
      socket.write(frameHead(1, false, 2))
      socket.write(Buffer.alloc(1))
      socket.write(frameHead(MAX_UPLOAD_BYTES + 1024 * 1024, false, 0))
      expect(await closeCode(socket)).toBe(1009)
    })
  })
})
