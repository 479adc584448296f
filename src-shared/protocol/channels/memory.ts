import type { Channel } from '../channel'

/**
 * Two ends of one channel inside a process, for tests and for a host's own use. Messages arrive as structured clones in a
 * later turn, as from any other carrier.
 */
export function memoryPair(): readonly [Channel, Channel] {
  const first = new MemoryEnd()
  const second = new MemoryEnd()
  first.other = second
  second.other = first
  return [first, second]
}

class MemoryEnd implements Channel {
  other: MemoryEnd | null = null
  #listener: ((message: unknown) => void) | null = null
  #waiting: unknown[] = []
  readonly #closeListeners: (() => void)[] = []
  #open = true

  post(message: unknown): void {
    if (!this.#open) return
    const copy: unknown = structuredClone(message)
    void Promise.resolve().then(() => this.other?.deliver(copy))
  }

  deliver(message: unknown): void {
    if (!this.#open) return
    if (this.#listener === null) this.#waiting.push(message)
    else this.#listener(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener
    const waiting = this.#waiting
    this.#waiting = []
    for (const message of waiting) listener(message)
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener)
  }

  close(): void {
    if (!this.#open) return
    this.#end()
    void Promise.resolve().then(() => this.other?.close())
  }

  #end(): void {
    this.#open = false
    for (const listener of this.#closeListeners) listener()
  }
}
