import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Client, RequestName, RequestParams, RequestResults, TopicEvents, TopicFilter, TopicName } from '@shared/protocol/contract'

const RETRY_MS = [200, 500, 1000, 2000, 5000]

interface LastingSubscription {
  /** Subscribes at a client; returns how to end it. */
  readonly open: (client: Client) => () => void
  end: (() => void) | null
}

/** The one way to the host. Requests wait while the connection is down; subscriptions are renewed when it is back. */
export const useConnection = defineStore('connection', () => {
  const state = ref<'connecting' | 'open' | 'lost'>('connecting')
  const client = shallowRef<Client | null>(null)
  const subscriptions = new Set<LastingSubscription>()
  let waiting: ((client: Client) => void)[] = []

  function open(connect: () => Promise<Client>): void {
    void attempt(connect, 0)
  }

  async function attempt(connect: () => Promise<Client>, tries: number): Promise<void> {
    try {
      attach(await connect(), connect)
    } catch {
      state.value = tries === 0 ? 'connecting' : 'lost'
      setTimeout(() => void attempt(connect, tries + 1), RETRY_MS[Math.min(tries, RETRY_MS.length - 1)])
    }
  }

  function attach(fresh: Client, connect: () => Promise<Client>): void {
    client.value = fresh
    state.value = 'open'
    fresh.onClose(() => {
      client.value = null
      state.value = 'lost'
      void attempt(connect, 1)
    })
    for (const subscription of subscriptions) subscription.end = subscription.open(fresh)
    const resolved = waiting
    waiting = []
    for (const resolve of resolved) resolve(fresh)
  }

  async function request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]> {
    const present = client.value ?? (await new Promise<Client>((resolve) => waiting.push(resolve)))
    return await present.request(name, params)
  }

  /** `filter` is asked again when the connection comes back, so that it can carry the newest cursor. */
  function subscribe<K extends TopicName>(topic: K, filter: () => TopicFilter<K>, listener: (event: TopicEvents[K]) => void): () => void {
    const subscription: LastingSubscription = { open: (at) => at.subscribe(topic, filter(), listener), end: null }
    subscriptions.add(subscription)
    if (client.value !== null) subscription.end = subscription.open(client.value)
    return () => {
      subscriptions.delete(subscription)
      subscription.end?.()
    }
  }

  return { state, open, request, subscribe }
})
