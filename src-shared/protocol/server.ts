import type { z } from 'zod'
import type { Channel } from './channel'
import { requestSchemas, topicSchemas, type Service, type TopicName } from './contract'
import { windowMessageSchema, type HostMessage, type WindowMessage, type WireError } from './messages'

export interface ServeOptions {
  /** For the host's log: the error as it was thrown, with its stack. `subject` is the request's or topic's name. */
  readonly onError: (subject: string, error: unknown) => void
}

/** Subscriptions that one window may hold. */
const MAX_SUBSCRIPTIONS = 1000

/** What the window sent does not follow the contract. */
class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * A host's end of a channel: parses what the window sends and passes it to the service. Everything that the window
 * subscribed to ends with the channel. A message that is none closes the channel: its sender is broken or hostile.
 */
export function serveChannel(service: Service, channel: Channel, options: ServeOptions): void {
  const served = new ServedChannel(service, channel, options)
  channel.onMessage((message) => served.receive(message))
  channel.onClose(() => served.end())
}

class ServedChannel {
  readonly #subscriptions = new Map<number, () => void>()
  #open = true

  constructor(
    private readonly service: Service,
    private readonly channel: Channel,
    private readonly options: ServeOptions,
  ) {}

  receive(message: unknown): void {
    if (!this.#open) return
    const parsed = windowMessageSchema.safeParse(message)
    if (!parsed.success) {
      this.channel.close()
      return this.end()
    }
    void this.#handle(parsed.data)
  }

  end(): void {
    this.#open = false
    const ends = [...this.#subscriptions.values()]
    this.#subscriptions.clear()
    for (const end of ends) end()
  }

  async #handle(message: WindowMessage): Promise<void> {
    switch (message.type) {
      case 'request':
        return await this.#request(message)
      case 'subscribe':
        return this.#subscribe(message)
      case 'unsubscribe': {
        const end = this.#subscriptions.get(message.id)
        this.#subscriptions.delete(message.id)
        return end?.()
      }
    }
  }

  async #request({ id, name, params }: Extract<WindowMessage, { type: 'request' }>): Promise<void> {
    try {
      if (!isNameIn(requestSchemas, name)) throw new Refused('there is no such request')
      const value = await this.service.request(name, parse(requestSchemas[name], params) as never)
      this.#post({ type: 'result', id, value })
    } catch (error) {
      this.#post({ type: 'error', id, error: this.#report(name, error) })
    }
  }

  #subscribe({ id, topic, filter }: Extract<WindowMessage, { type: 'subscribe' }>): void {
    try {
      if (!isNameIn(topicSchemas, topic)) throw new Refused('there is no such topic')
      if (this.#subscriptions.has(id)) throw new Refused('the number is taken')
      if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) throw new Refused(`more than ${String(MAX_SUBSCRIPTIONS)} subscriptions`)
      const end = this.service.subscribe<TopicName>(
        topic,
        parse(topicSchemas[topic], filter),
        (event) => this.#post({ type: 'event', id, event }),
        (error) => {
          this.#subscriptions.delete(id)
          this.#tellEnd(id, topic, error)
        },
      )
      this.#subscriptions.set(id, end)
    } catch (error) {
      this.#tellEnd(id, topic, error)
    }
  }

  #tellEnd(id: number, topic: string, error: unknown): void {
    this.#post({ type: 'ended', id, error: this.#report(topic, error) })
  }

  #post(message: HostMessage): void {
    if (this.#open) this.channel.post(message)
  }

  #report(subject: string, error: unknown): WireError {
    if (!(error instanceof Refused)) this.options.onError(subject, error)
    return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) }
  }
}

function isNameIn<T extends object>(table: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(table, name)
}

/** Throws `Refused`, which names the first wrong field. */
function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  refuseForbidden(value, 0)
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    throw new Refused(`${path.map(String).join('.') || 'parameters'}: ${message}`)
  }
  return parsed.data
}

const MAX_DEPTH = 200

/** A key `__proto__` is harmless where it stands, and not where it is copied to: none gets in. Depth would use up the stack. */
function refuseForbidden(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  if (depth > MAX_DEPTH) throw new Refused('nested too deeply')
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw new Refused('the key __proto__ is not allowed')
    refuseForbidden((value as Readonly<Record<string, unknown>>)[key], depth + 1)
  }
}
