import type { Client } from '@shared/protocol/contract'

/** A path in the folder where a run's relative paths start, null where that is unknown: its document is taken to lie there. */
export async function originOf(connection: Pick<Client, 'request'>, runId: string): Promise<string | null> {
  const [event] = await connection.request('events.read', { runId, kinds: ['origin'] })
  const data = event?.data as { readonly baseDirectory?: unknown } | null | undefined
  return typeof data?.baseDirectory === 'string' ? `${data.baseDirectory}/document` : null
}
