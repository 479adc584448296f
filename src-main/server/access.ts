import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Names under which this machine calls itself. Any other name in a request is someone else's, pointed here (DNS rebinding). */
const OWN_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost'])

/** Tickets are for a browser that this program opens by itself, at once. */
const TICKET_MILLISECONDS = 60_000

export type Refusal = 'host' | 'origin' | 'token'

/**
 * Who may talk to the server: whoever knows the token, from a page that the server itself sent. The port of a request may
 * differ from the server's own: it may come through a tunnel.
 */
export class Access {
  readonly token = randomBytes(32).toString('base64url')
  readonly #tickets = new Map<string, number>()

  constructor(private readonly now: () => number) {}

  /** As good as the token, once and for a minute: command lines are visible to other users of the machine, tokens must not be. */
  ticket(): string {
    const ticket = randomBytes(32).toString('base64url')
    this.#tickets.set(ticket, this.now() + TICKET_MILLISECONDS)
    return ticket
  }

  /** Whether a text is the token or an unused ticket, which it uses up. */
  admits(text: string): boolean {
    if (equal(text, this.token)) return true
    for (const [ticket, until] of this.#tickets) {
      if (!equal(text, ticket)) continue
      this.#tickets.delete(ticket)
      return this.now() <= until
    }
    return false
  }

  /** Value of `Set-Cookie` for a browser that gave the token. Cookies know no ports: the name does. */
  cookie(headers: IncomingHttpHeaders): string {
    return `${cookieName(headers)}=${this.token}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** What forbids a request for a page, null where nothing does. */
  refusesPage(headers: IncomingHttpHeaders): Refusal | null {
    if (!isOwnHost(headers.host)) return 'host'
    return this.#hasCookie(headers) ? null : 'token'
  }

  /** What forbids a WebSocket. Browsers send its origin always, and cookies to every port of a host: both must be right. */
  refusesSocket(headers: IncomingHttpHeaders): Refusal | null {
    if (!isOwnHost(headers.host)) return 'host'
    if (headers.origin !== `http://${headers.host ?? ''}`) return 'origin'
    return this.#hasCookie(headers) ? null : 'token'
  }

  #hasCookie(headers: IncomingHttpHeaders): boolean {
    const name = cookieName(headers)
    const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim())
    return cookies.some((each) => each.startsWith(`${name}=`) && equal(each.slice(name.length + 1), this.token))
  }
}

export function isOwnHost(host: string | undefined): boolean {
  const match = /^([^:]+)(?::\d{1,5})?$/.exec(host ?? '')
  return match !== null && OWN_NAMES.has(match[1].toLowerCase())
}

/** By the port that the browser sees. */
function cookieName({ host = '' }: IncomingHttpHeaders): string {
  return `descent-${/:(\d+)$/.exec(host)?.[1] ?? '80'}`
}

/** In a time that does not tell how much of it was right. */
function equal(text: string, secret: string): boolean {
  return timingSafeEqual(digest(text), digest(secret))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
