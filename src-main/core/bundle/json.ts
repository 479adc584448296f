import type { z } from 'zod'
import { messageOf } from '@shared/lib/message-of'
import { refuse } from '@shared/spec/issue'

const MAX_DEPTH = 64
/** Keys that mean something else to JavaScript objects. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** A bundle's JSON file, parsed and checked. Throws `bundle-json`, `bundle-forbidden-key`. */
export function readJson<T>(bytes: Uint8Array, file: string, schema: z.ZodType<T>): T {
  const value = parse(bytes, file)
  expectHarmless(value, file)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  return refuse('bundle-json', [], { file, reason: `${first.path.join('.')}: ${first.message}` })
}

function parse(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return refuse('bundle-json', [], { file, reason: messageOf(error) })
  }
}

/** Without recursion: a hostile file may nest as deep as it is long. */
function expectHarmless(value: unknown, file: string): void {
  const open: { readonly node: unknown; readonly depth: number }[] = [{ node: value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next
    if (typeof node !== 'object' || node === null) continue
    if (depth > MAX_DEPTH) refuse('bundle-json', [], { file, reason: `more than ${String(MAX_DEPTH)} levels` })
    for (const key of Object.keys(node)) {
      if (FORBIDDEN.has(key)) refuse('bundle-forbidden-key', [], { file, key })
      open.push({ node: (node as Readonly<Record<string, unknown>>)[key], depth: depth + 1 })
    }
  }
}
