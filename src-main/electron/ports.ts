import { ipcMain, MessageChannelMain, type BrowserWindow } from 'electron'
import { electronPortChannel } from '@shared/protocol/channels/electron-port'
import type { Service } from '@shared/protocol/contract'
import { serveChannel } from '@shared/protocol/rpc'
import { ORIGIN } from './scheme'

/** Gives the window's own page, and no other, a port to the service whenever it asks: after a reload it asks again. */
export function servePorts(service: Service, window: () => BrowserWindow | null, onError: (subject: string, error: unknown) => void): void {
  ipcMain.on('descent:port', ({ senderFrame }) => {
    const contents = window()?.webContents
    // The page may be gone before its message arrives.
    if (contents === undefined || senderFrame === null || senderFrame !== contents.mainFrame || !senderFrame.url.startsWith(`${ORIGIN}/`)) return
    const { port1, port2 } = new MessageChannelMain()
    serveChannel(service, electronPortChannel(port1), { onError })
    senderFrame.postMessage('descent:port', null, [port2])
  })
}
