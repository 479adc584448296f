import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Adding a definition is one file and one line of its folder's index. Whoever forgets the line finds out here. What the
 * other definitions of the catalog owe beside it is asked for in `test/unit/catalog`.
 */
const folders: readonly { readonly folder: string; readonly definition: RegExp }[] = [
  { folder: 'src-shared/catalog/datasets', definition: /^export const (\w+): (?:\w+Dataset)\b/m },
  { folder: 'src-shared/catalog/exporters', definition: /^export const (\w+): ExporterDefinition\b/m },
  { folder: 'src-shared/catalog/findings', definition: /^export const (\w+): FindingDefinition\b/m },
  { folder: 'src-shared/graph/ops', definition: /^export const (\w+Op)\b/m },
  { folder: 'src-shared/locales/issues', definition: /^export const (\w+Issues) = /m },
  { folder: 'src-renderer/locales', definition: /^export const (\w+) = \{[^]*satisfies AreaMessages/m },
]

describe.each(folders)('$folder', ({ folder, definition }) => {
  const index = readFileSync(join(folder, 'index.ts'), 'utf8')
  const defined = globSync(`${folder}/*.ts`).flatMap((file) => {
    const name = definition.exec(readFileSync(file, 'utf8'))?.[1]
    return name === undefined || basename(file) === 'index.ts' ? [] : [{ name, file: basename(file, '.ts'), folder: dirname(file) }]
  })

  test('holds definitions', () => {
    expect(defined.length).toBeGreaterThan(1)
  })

  test.each(defined)('$file is imported by the index, and stands in its list', ({ name, file }) => {
    expect(index).toMatch(new RegExp(`\\b${name}\\b.* from '\\./${file}'`))
    const list = index.replaceAll(/^(?:im|ex)port .* from '.*'$/gm, '')
    expect(list).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
