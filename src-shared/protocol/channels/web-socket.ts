import type { Channel } from '../channel'
import { CodecError, decode, encode } from '../codec'

/** What a browser's WebSocket and a socket of `ws` have in common. It must be open. */
export interface Socket {
  binaryType: string
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

export interface WebSocketChannelOptions {
  /** Largest JSON part of a message that is read, bytes. Windows trust their host and need no limit. */
  readonly maxHeader?: number
}

/** Close code of the WebSocket protocol for data that do not follow the rules of the application. */
const UNSUPPORTED_DATA = 1003

/** Messages in binary frames, see `codec.ts`. Anything else closes the socket. */
export function webSocketChannel(socket: Socket, options: WebSocketChannelOptions = {}): Channel {
  const limits = { header: options.maxHeader ?? 2 ** 32 }
  socket.binaryType = 'arraybuffer'
  return {
    post: (message) => socket.send(encode(message)),
    onMessage(listener) {
      socket.addEventListener('message', ({ data }) => {
        const message = read(data, limits)
        if (message === null) socket.close(UNSUPPORTED_DATA, 'not a message')
        else listener(message.value)
      })
    },
    onClose: (listener) => socket.addEventListener('close', listener),
    close: () => socket.close(),
  }
}

function read(data: unknown, limits: { readonly header: number }): { readonly value: unknown } | null {
  if (!(data instanceof ArrayBuffer)) return null
  try {
    return { value: decode(new Uint8Array(data), limits) }
  } catch (error) {
    if (error instanceof CodecError) return null
    throw error
  }
}
