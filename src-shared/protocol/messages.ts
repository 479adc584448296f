import { z } from 'zod'

/** What crosses a channel. Requests and subscriptions are numbered by the window; answers carry the number back. */

const id = z.int().min(0)
/** Names are looked up in the contract's own tables, never on an object with a prototype. */
const name = z.string().max(64)

/** From a window. Parameters and filters are parsed by their own schemas once the name is known. */
export const windowMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id, name, params: z.unknown() }),
  z.strictObject({ type: z.literal('subscribe'), id, topic: name, filter: z.unknown() }),
  z.strictObject({ type: z.literal('unsubscribe'), id }),
])
export type WindowMessage = z.output<typeof windowMessageSchema>

/** No stack: it stays in the host's log. */
export interface WireError {
  readonly name: string
  readonly message: string
}

/** From a host, which windows trust. */
export type HostMessage =
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  /** The subscription is over, because the host failed. */
  | { readonly type: 'ended'; readonly id: number; readonly error: WireError }
