import { contextBridge, ipcRenderer } from 'electron'

/** The page's globals that are used here: the main programs' types know no browser. */
declare const window: { postMessage(message: unknown, origin: string, ports: readonly object[]): void }
declare const location: { readonly origin: string }

/**
 * Gives the page one thing: a port to the host. Ports cannot cross the bridge between the two worlds, so the page gets
 * its end as a message of its own window; everything else is said over the port, in the terms of the contract.
 */
ipcRenderer.on('descent:port', (event) => {
  // To this window's own page only.
  window.postMessage('descent:port', location.origin, event.ports as readonly object[])
})

contextBridge.exposeInMainWorld('descentHost', {
  requestPort: () => ipcRenderer.send('descent:port'),
})
