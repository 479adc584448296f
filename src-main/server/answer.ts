import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOwnHost, type Access } from './access'
import { securityHeaders } from './headers'
import { ENTER_PAGE, MISSING_PAGE, TOKEN_PAGE, UNBUILT_PAGE } from './pages'
import type { WindowFile, WindowFiles } from './window-files'

/** Answers a request for a page or one of its files. */
export function answer(request: IncomingMessage, response: ServerResponse, access: Access, files: WindowFiles): void {
  const { headers } = request
  if (!isOwnHost(headers.host)) return sendText(response, 421, 'This server answers to 127.0.0.1 and localhost only.\n')
  // Older Safari does not count the socket as the page's own origin.
  for (const [name, value] of Object.entries(securityHeaders(`ws://${headers.host ?? ''}`))) response.setHeader(name, value)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return sendText(response, 405, 'Only GET.\n')
  }
  const url = parseUrl(request.url ?? '')
  if (url === null) return sendPage(response, 404, MISSING_PAGE)
  const token = url.searchParams.get('token')
  if (url.pathname === '/' && token !== null && access.admits(token)) return enter(request, response, access)
  if (access.refusesPage(headers) !== null) return sendPage(response, 403, TOKEN_PAGE)
  const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1)
  const file = files.find(name)
  if (file !== null) return sendFile(request, response, file)
  if (name === 'index.html') return sendPage(response, 503, UNBUILT_PAGE)
  sendPage(response, 404, MISSING_PAGE)
}

/** Null for what is no address; percent signs stay as they are: no file of ours has any. */
function parseUrl(text: string): URL | null {
  return URL.parse(text, 'http://127.0.0.1')
}

/** The token becomes a cookie and leaves the address bar, the history and what a person may copy from there. */
function enter({ headers }: IncomingMessage, response: ServerResponse, access: Access): void {
  response.setHeader('Set-Cookie', access.cookie(headers))
  response.setHeader('Cache-Control', 'no-store')
  // Where another page led here, the browser would follow a redirect without the strict cookie that was just set.
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'none' && site !== 'same-origin') return sendPage(response, 200, ENTER_PAGE)
  response.writeHead(303, { Location: '/' }).end()
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: WindowFile): void {
  response.setHeader('Cache-Control', file.lasting ? 'private, max-age=31536000, immutable' : 'private, no-cache')
  response.setHeader('ETag', file.tag)
  response.setHeader('Vary', 'Accept-Encoding')
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end()
    return
  }
  const gzip = file.gzip !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  if (gzip) response.setHeader('Content-Encoding', 'gzip')
  send(response, 200, file.type, gzip && file.gzip !== null ? file.gzip : file.content)
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.setHeader('Cache-Control', 'no-store')
  send(response, status, 'text/html; charset=utf-8', Buffer.from(html))
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', Buffer.from(text))
}

/** To HEAD, Node sends the headers alone. */
function send(response: ServerResponse, status: number, type: string, content: Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': content.length }).end(content)
}
