/** The only thing that a carrier has to provide. Messages arrive whole and in order. */
export interface Channel {
  post(message: unknown): void
  /** Called once, before the first message is awaited. */
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}
