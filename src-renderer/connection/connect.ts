import { webSocketChannel } from '@shared/protocol/channels/web-socket'
import { domPortChannel } from '@shared/protocol/channels/dom-port'
import { connectChannel } from '@shared/protocol/rpc'
import type { Client } from '@shared/protocol/contract'

/** What Electron's preload leaves in the page; absent in a browser. */
interface ElectronHost {
  /** Asks for a port; it comes as a window message `descent:port`. */
  requestPort(): void
}

declare global {
  interface Window {
    readonly descentHost?: ElectronHost
  }
}

/** A client to the host that served this page: over a port in Electron, over a WebSocket in a browser. */
export async function connect(): Promise<Client> {
  const { descentHost } = window
  if (descentHost !== undefined) return connectChannel(domPortChannel(await receivePort(descentHost)))
  const url = new URL('rpc', location.href.replace(/^http/, 'ws'))
  url.search = ''
  url.hash = ''
  const socket = new WebSocket(url)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('the host does not answer')), { once: true })
  })
  return connectChannel(webSocketChannel(socket))
}

async function receivePort(host: ElectronHost): Promise<MessagePort> {
  return await new Promise((resolve) => {
    const listen = (event: MessageEvent): void => {
      if (event.source !== window || event.data !== 'descent:port') return
      window.removeEventListener('message', listen)
      resolve(event.ports[0])
    }
    window.addEventListener('message', listen)
    host.requestPort()
  })
}
