import type { Channel } from './channel'
import type { Client, RequestName, RequestParams, RequestResults, TopicEvents, TopicFilter, TopicName } from './contract'
import type { HostMessage, WindowMessage, WireError } from './messages'

/** The carrier went away before the answer came. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  constructor() {
    super('the connection to the host is lost')
  }
}

/** The host threw, or refused what it was sent: a bug on one side. */
export class HostError extends Error {
  override readonly name = 'HostError'
  constructor(
    readonly subject: string,
    /** Name of the error at the host. */
    readonly kind: string,
    message: string,
  ) {
    super(`${subject}: ${message}`)
  }
}

interface Waiting {
  readonly name: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

interface Subscribed {
  readonly topic: string
  readonly listener: (event: unknown) => void
}

/** A window's end of a channel. */
export function connectChannel(channel: Channel): Client {
  return new ChannelClient(channel)
}

class ChannelClient implements Client {
  readonly #channel: Channel
  readonly #waiting = new Map<number, Waiting>()
  readonly #subscriptions = new Map<number, Subscribed>()
  readonly #closeListeners: (() => void)[] = []
  #numbers = 0
  #closed = false

  constructor(channel: Channel) {
    this.#channel = channel
    channel.onMessage((message) => this.#receive(message as HostMessage))
    channel.onClose(() => this.#lost())
  }

  async request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]> {
    if (this.#closed) throw new ConnectionLost()
    const id = ++this.#numbers
    // The host's results are trusted: both ends are of one build.
    return (await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { name, resolve, reject })
      try {
        this.#post({ type: 'request', id, name, params })
      } catch (error) {
        this.#waiting.delete(id)
        throw error
      }
    })) as RequestResults[K]
  }

  subscribe<K extends TopicName>(topic: K, filter: TopicFilter<K>, listener: (event: TopicEvents[K]) => void): () => void {
    if (this.#closed) return () => undefined
    const id = ++this.#numbers
    this.#subscriptions.set(id, { topic, listener: listener as (event: unknown) => void })
    this.#post({ type: 'subscribe', id, topic, filter })
    return () => {
      if (this.#subscriptions.delete(id) && !this.#closed) this.#post({ type: 'unsubscribe', id })
    }
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener()
    else this.#closeListeners.push(listener)
  }

  close(): void {
    this.#channel.close()
    this.#lost()
  }

  #post(message: WindowMessage): void {
    this.#channel.post(message)
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'result':
        return this.#settle(message.id)?.resolve(message.value)
      case 'error': {
        const waiting = this.#settle(message.id)
        return waiting?.reject(hostError(waiting.name, message.error))
      }
      case 'event':
        return this.#subscriptions.get(message.id)?.listener(message.event)
      case 'ended': {
        const subscribed = this.#subscriptions.get(message.id)
        this.#subscriptions.delete(message.id)
        if (subscribed === undefined) return
        // Nobody awaits a subscription: the window's handler of uncaught errors gets it.
        throw hostError(subscribed.topic, message.error)
      }
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }

  #lost(): void {
    if (this.#closed) return
    this.#closed = true
    this.#subscriptions.clear()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new ConnectionLost())
    for (const listener of this.#closeListeners) listener()
  }
}

function hostError(subject: string, error: WireError): HostError {
  return new HostError(subject, error.name, error.message)
}
