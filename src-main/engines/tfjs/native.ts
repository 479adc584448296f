import { createRequire } from 'node:module'
import { setNativeEnvironment } from '../native-environment'
import { PACKAGES } from './packages'

export type NativeLibrary =
  | { readonly ok: true; readonly package: string; readonly version: string; readonly gpu: boolean }
  | { readonly ok: false; readonly reason: string }

let found: NativeLibrary | undefined

/** Loads TensorFlow's native library into this process, once; tells why where it cannot. Never throws. */
export function loadNative(): NativeLibrary {
  return (found ??= loadFirst(createRequire(import.meta.url), PACKAGES))
}

/** Exported for tests, which give it packages of their own. */
export function loadFirst(require: NodeJS.Require, packages: readonly string[]): NativeLibrary {
  const reasons: string[] = []
  for (const name of packages) {
    const path = resolvePackage(require, name)
    if (path === null) {
      reasons.push(`${name} is not installed`)
      continue
    }
    try {
      return describe(require, name, path)
    } catch (error) {
      reasons.push(`${name} is installed but does not load: ${messageOf(error)}`)
    }
  }
  return { ok: false, reason: reasons.join('; ') }
}

function resolvePackage(require: NodeJS.Require, name: string): string | null {
  try {
    return require.resolve(name)
  } catch {
    return null
  }
}

/** On one line: reports are shown in tables. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
}

function describe(require: NodeJS.Require, name: string, path: string): NativeLibrary {
  setNativeEnvironment()
  restoreUtil(require)
  const library = require(path) as { version?: Record<string, string>; backend?: () => { isUsingGpuDevice?: boolean } }
  return { ok: true, package: name, version: library.version?.['tfjs-node'] ?? 'unknown', gpu: library.backend?.().isUsingGpuDevice === true }
}

/** tfjs-node 4.22, the last release, calls two functions of `util` that newer Node versions warn of or have not. */
function restoreUtil(require: NodeJS.Require): void {
  const util = require('node:util') as Record<string, unknown>
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined
  util.isArray = Array.isArray
}
