import { resolve } from 'node:path'
import { ensureBuilt } from '../../bin/lib/build.mjs'

/** Vitest's global set-up: the tests that start processes use the built files. */
export async function setup(): Promise<void> {
  await ensureBuilt(resolve(import.meta.dirname, '../..'))
}
