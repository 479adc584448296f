import { resolve } from 'node:path'
import { ensureBuilt } from '../../bin/lib/build.mjs'
import { findChromium } from './chromium'

/** Playwright's global set-up: the tests run what is built. */
export default async function setup(): Promise<void> {
  if (findChromium() === null) throw new Error('There is no Chromium: install it (Debian: apt-get install chromium), or name one in DESCENT_CHROMIUM.')
  await ensureBuilt(resolve(import.meta.dirname, '../..'))
}
