import type { DesktopEvent } from '@shared/protocol/contract'

type Listener = (event: DesktopEvent) => void

/** What the shell tells the window. Documents that come before a window listens wait for it. */
export class DesktopEvents {
  readonly #listeners = new Set<Listener>()
  #waiting: DesktopEvent[] = []

  emit(event: DesktopEvent): void {
    if (this.#listeners.size === 0) {
      if (event.type === 'open') this.#waiting.push(event)
      return
    }
    for (const listener of [...this.#listeners]) listener(event)
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = (event) => listener(event)
    this.#listeners.add(own)
    const waiting = this.#waiting
    this.#waiting = []
    for (const event of waiting) own(event)
    return () => this.#listeners.delete(own)
  }
}
