import type { Channel } from '../channel'

/** A window's `MessagePort`. Browsers tell its end only since 2024, Electron's do. */
export interface DomPort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

/** Structured clone carries every message as it is. */
export function domPortChannel(port: DomPort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  }
}
