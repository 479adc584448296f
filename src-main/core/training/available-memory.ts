import { totalmem } from 'node:os'

/** Bytes that this machine, or the container around the process, has at most. */
export function availableMemory(): number {
  const limit = process.constrainedMemory()
  // 0 or an absurd number where nothing limits it.
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
