import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import type { Channel } from '@shared/protocol/channel'
import { domPortChannel, type DomPort } from '@shared/protocol/channels/dom-port'
import { electronPortChannel, type ElectronPort } from '@shared/protocol/channels/electron-port'
import { memoryPair } from '@shared/protocol/channels/memory'
import { webSocketChannel } from '@shared/protocol/channels/web-socket'

export interface Carrier {
  readonly host: Channel
  readonly window: Channel
  /** Puts a value on the wire that the window's channel did not make. */
  readonly forge: (message: unknown) => void
  readonly dispose: () => void
}

/** Electron's `MessagePortMain` over a port of Node: events carry `{ data }`, nothing arrives before `start`. */
export class PortMain extends EventEmitter implements ElectronPort {
  constructor(private readonly port: MessagePort) {
    super()
  }

  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }

  start(): void {
    this.port.on('message', (data: unknown) => this.emit('message', { data }))
    this.port.on('close', () => this.emit('close'))
  }

  close(): void {
    this.port.close()
  }
}

function memory(): Carrier {
  const [host, window] = memoryPair()
  return { host, window, forge: (message) => window.post(message), dispose: () => window.close() }
}

function electron(): Carrier {
  const { port1, port2 } = new MessageChannel()
  return {
    host: electronPortChannel(new PortMain(port1)),
    // Node's types of its ports' events are those of any event target.
    window: domPortChannel(port2 as unknown as DomPort),
    forge: (message) => port2.postMessage(message),
    dispose: () => port1.close(),
  }
}

async function webSocket(): Promise<Carrier> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[ServerSocket]>
  const socket = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const [other] = await accepted
  const window = webSocketChannel(socket)
  return {
    host: webSocketChannel(other, { maxHeader: 64 * 1024 * 1024 }),
    window,
    forge: (message) => window.post(message),
    dispose: () => {
      socket.close()
      server.close()
    },
  }
}

/** Every way in which a window reaches its host; in Electron's stand-in only the processes are missing. */
export const carriers: Readonly<Record<string, () => Carrier | Promise<Carrier>>> = {
  'in memory': memory,
  'Electron’s ports': electron,
  'a WebSocket': webSocket,
}
