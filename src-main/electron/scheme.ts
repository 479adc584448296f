import { protocol, session } from 'electron'
import { securityHeaders } from '@main/server/headers'
import { WindowFiles } from '@main/server/window-files'

/** The window's own address: a secure origin that no file and no other program has. */
export const ORIGIN = 'descent://app'
export const WINDOW_URL = `${ORIGIN}/index.html`

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'descent', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Serves the built window under its scheme, and nothing else under any: the app is offline. */
export function serveScheme(rendererDirectory: string): void {
  const files = new WindowFiles(rendererDirectory)
  protocol.handle('descent', ({ url }) => {
    const file = url.startsWith(`${ORIGIN}/`) ? files.find(new URL(url).pathname.slice(1)) : null
    if (file === null) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(file.content), { headers: { ...securityHeaders(''), 'Content-Type': file.type } })
  })
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwn(url) }))
}

function isOwn(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`) || /^(data|blob|devtools):/.test(url)
}
