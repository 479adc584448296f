import { createRequire } from 'node:module'
import { messageOf } from '@shared/lib/message-of'
import { issue, type Issue } from '@shared/spec/issue'
import { setNativeEnvironment } from '../native-environment'
import { PACKAGES } from './packages'

export type NativeLibrary =
  | { readonly ok: true; readonly package: string; readonly version: string; readonly gpu: boolean }
  | { readonly ok: false; readonly reasons: readonly Issue[] }

let found: NativeLibrary | undefined

/** Loads TensorFlow's native library into this process, once; tells why where it cannot. Never throws. */
export function loadNative(): NativeLibrary {
  return (found ??= loadFirst(createRequire(import.meta.url), PACKAGES))
}

/** Exported for tests, which give it packages of their own. */
export function loadFirst(require: NodeJS.Require, packages: readonly string[]): NativeLibrary {
  const reasons: Issue[] = []
  for (const name of packages) {
    const path = resolvePackage(require, name)
    if (path === null) {
      reasons.push(issue('engine-package-missing', [], { package: name }))
      continue
    }
    try {
      return describe(require, name, path)
    } catch (error) {
      reasons.push(issue('engine-package-broken', [], { package: name, reason: messageOf(error) }))
    }
  }
  return { ok: false, reasons }
}

function resolvePackage(require: NodeJS.Require, name: string): string | null {
  try {
    return require.resolve(name)
  } catch {
    return null
  }
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
