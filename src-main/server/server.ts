import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Service } from '@shared/protocol/contract'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import { Access } from './access'
import { answer } from './answer'
import { Sockets } from './sockets'
import { WindowFiles } from './window-files'

export interface ServerOptions {
  readonly service: Service
  /** The built window, `out/renderer`. */
  readonly rendererDirectory: string
  /** 0: any free one. */
  readonly port: number
  /** The service threw, or a page could not be read: for the log. */
  readonly onError: (subject: string, error: unknown) => void
}

export interface RunningServer {
  readonly port: number
  /** Address with the token: whoever has it may do everything that the window can. */
  readonly url: string
  /** As `url`, good for one use within a minute. */
  ticketUrl(): string
  close(): Promise<void>
}

/** Serves the window and its contract to browsers of this machine. Issues: `server-port-taken`, `server-port-refused`. */
export async function startServer(options: ServerOptions): Promise<Result<RunningServer>> {
  const access = new Access(() => Date.now())
  const files = new WindowFiles(options.rendererDirectory)
  const sockets = new Sockets({ service: options.service, access, onError: options.onError })
  const server = createServer((request, response) => {
    try {
      answer(request, response, access, files)
    } catch (error) {
      // A file of the window that is just being built anew: the runs of this host train on.
      options.onError('page', error)
      response.destroy()
    }
  })
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    sockets.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EADDRINUSE') return failure(issue('server-port-taken', [], { port: options.port }))
    if (code === 'EACCES' || code === 'EPERM') return failure(issue('server-port-refused', [], { port: options.port, reason: code }))
    throw error
  }
  const { port } = server.address() as AddressInfo
  const at = (token: string): string => `http://127.0.0.1:${String(port)}/?token=${token}`
  return success({
    port,
    url: at(access.token),
    ticketUrl: () => at(access.ticket()),
    close: async () => {
      sockets.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // A window that is gone would keep its socket open for half a minute, a browser one that it has opened ahead of need for ever.
      const impatience = setTimeout(() => {
        sockets.terminate()
        server.closeAllConnections()
      }, 500)
      await closed
      clearTimeout(impatience)
    },
  })
}
