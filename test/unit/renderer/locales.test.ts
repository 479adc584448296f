import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { areas } from '@renderer/locales'

const root = join(import.meta.dirname, '../../../src-renderer')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name))
const known = new Set(Object.entries(areas).flatMap(([area, messages]) => Object.keys(messages).map((key) => `${area}.${key}`)))

it('every text that the window asks for by name exists', () => {
  const missing = sources.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/\bt\('([\w-]+\.[\w-]+)'/g)].filter(([, key]) => !known.has(key)).map(([, key]) => `${name}: ${key}`),
  )
  expect(missing).toEqual([])
  expect(sources.length).toBeGreaterThan(100)
})

it('every family of texts that the window asks for by a part of the name exists', () => {
  const prefixes = sources.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/\bt\(`([\w-]+\.[\w-]*)\$\{/g)].map(([, prefix]) => ({ name, prefix })))
  expect(prefixes.length).toBeGreaterThan(10)
  expect(prefixes.filter(({ prefix }) => ![...known].some((key) => key.startsWith(prefix)))).toEqual([])
})
