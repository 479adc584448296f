import { existsSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import { TestCore } from './core'

/** SwiftShader, as Debian's Chromium package brings it: right results, no speed. */
const CHROMIUM = '/usr/lib/chromium'
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`

/** What a process needs in its environment to find the driver; null where there is none. */
export const SOFTWARE_VULKAN: Readonly<Record<string, string>> | null =
  process.platform === 'linux' && existsSync(DRIVER) ? { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM } : null

/** Gives it to the processes that start from here on; returns how to take it back. */
function useSoftwareVulkan(): () => void {
  const variables = Object.entries(SOFTWARE_VULKAN ?? {})
  const before = variables.map(([name]) => [name, process.env[name]] as const)
  for (const [name, value] of variables) process.env[name] = value
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  }
}

/** A core beside the driver, for the tests of a `describe`. */
export function coreOnSoftwareVulkan(): { readonly test: TestCore } {
  let restore: () => void
  let opened: TestCore
  beforeAll(async () => {
    restore = useSoftwareVulkan()
    opened = await TestCore.open()
  })
  afterAll(async () => {
    await opened.close()
    restore()
  })
  return {
    get test() {
      return opened
    },
  }
}
