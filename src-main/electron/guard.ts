import { app, session, type WebContents } from 'electron'
import { ORIGIN } from './scheme'

/** Notices of finished runs, and copying; nothing else is anyone's business. */
const PERMITTED: ReadonlySet<string> = new Set(['notifications', 'clipboard-read', 'clipboard-sanitized-write'])

/** Holds for every page that ever opens: it stays where it is, opens nothing, embeds nothing, and is permitted little. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}

/** Once the app is ready. */
export function guardSession(): void {
  const permits = (permission: string, origin: string): boolean => PERMITTED.has(permission) && (origin === ORIGIN || origin === `${ORIGIN}/`)
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) => answer(permits(permission, originOf(contents.getURL()))))
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => permits(permission, origin))
  session.defaultSession.setDevicePermissionHandler(() => false)
  session.defaultSession.on('will-download', (event, item) => {
    // Exports are saved by a dialog, which the host asks for.
    if (!item.getURL().startsWith(`blob:${ORIGIN}/`)) event.preventDefault()
  })
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.url.startsWith(`${ORIGIN}/`)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** `URL.origin` is opaque for schemes that are not the web's. */
function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? ''
}
