import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { webSocketChannel } from '@shared/protocol/channels/web-socket'
import { MAX_UPLOAD_BYTES, type Service } from '@shared/protocol/contract'
import { serveChannel } from '@shared/protocol/rpc'
import type { Access, Refusal } from './access'

/** JSON part of a message: a workspace full of documents. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024
/** A larger message is refused by its announced length, before its content is read. */
const MAX_MESSAGE_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024
const MAX_WINDOWS = 32
/** A window that does not answer so long is gone: what waits for it must not fill the memory. */
const HEARTBEAT_MS = 15_000

const REFUSALS: Readonly<Record<Refusal, string>> = {
  host: '421 Misdirected Request',
  origin: '403 Forbidden',
  token: '403 Forbidden',
}

export interface SocketsOptions {
  readonly service: Service
  readonly access: Access
  readonly onError: (subject: string, error: unknown) => void
}

/** The windows' sockets. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, clientTracking: true })
  readonly #silent = new WeakSet<WebSocket>()
  readonly #heartbeat: NodeJS.Timeout

  constructor(private readonly options: SocketsOptions) {
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
  }

  /** Takes a request to upgrade over, or ends it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const refusal = this.#refuses(request)
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    this.#server.handleUpgrade(request, socket, head, (accepted) => this.#serve(accepted))
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const socket of this.#server.clients) socket.close(1001, 'the host is closing')
    this.#server.close()
  }

  /** For hosts that cannot wait for the other side. */
  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  #refuses({ url, headers }: IncomingMessage): string | null {
    if (url !== '/rpc') return '404 Not Found'
    const refusal = this.options.access.refusesSocket(headers)
    if (refusal !== null) return REFUSALS[refusal]
    return this.#server.clients.size < MAX_WINDOWS ? null : '503 Service Unavailable'
  }

  #serve(socket: WebSocket): void {
    // Broken frames and messages beyond the limit: the socket closes by itself.
    socket.on('error', () => undefined)
    socket.on('pong', () => this.#silent.delete(socket))
    serveChannel(this.options.service, webSocketChannel(socket, { maxHeader: MAX_HEADER_BYTES }), { onError: this.options.onError })
  }

  #beat(): void {
    for (const socket of this.#server.clients) {
      if (this.#silent.has(socket)) {
        socket.terminate()
        continue
      }
      this.#silent.add(socket)
      socket.ping()
    }
  }
}
