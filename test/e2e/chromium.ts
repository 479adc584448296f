import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The system's Chromium, else the one that Playwright downloads, else null. `DESCENT_CHROMIUM` names another. */
export function findChromium(): string | null {
  const { DESCENT_CHROMIUM } = process.env
  const candidates = [...(DESCENT_CHROMIUM === undefined ? [] : [DESCENT_CHROMIUM]), ...SYSTEM, chromium.executablePath()]
  return candidates.find((path) => existsSync(path)) ?? null
}
