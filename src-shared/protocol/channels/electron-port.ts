import type { Channel } from '../channel'

/** Electron's `MessagePortMain`: an event emitter whose messages come wrapped. */
export interface ElectronPort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** The main process's end of a window's port. */
export function electronPortChannel(port: ElectronPort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}
