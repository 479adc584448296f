import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetDefinitions } from '@shared/catalog/datasets'
import { parseDocumentText } from '@shared/spec'
import manifest from '../../../package.json'

const root = resolve(import.meta.dirname, '../../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('README', () => {
  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link)
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
  })

  it('shows a document that is valid', () => {
    const blocks = [...readme.matchAll(/```json\n([^`]+)```/g)].map(([, block]) => block)
    expect(blocks).toHaveLength(1)
    for (const block of blocks) expect(parseDocumentText(block)).toMatchObject({ ok: true })
  })

  it('names scripts that exist', () => {
    const named = [...readme.matchAll(/npm (?:run (?:-s )?)?(?!run\b)([a-z][a-z:-]*)(?=[\s`])/g)].map(([, script]) => script)
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'descent', 'bench']))
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([])
  })

  it('names every command of the command line, and no other', () => {
    const source = readFileSync(join(root, 'src-main/cli/command-line.ts'), 'utf8')
    const imported = [...source.matchAll(/from '\.\/commands\/(\w+)'/g)].map(([, name]) => name)
    const named = [...readme.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual(imported.sort())
  })
})

describe('docs/document.md', () => {
  const page = readFileSync(join(root, 'docs/document.md'), 'utf8')

  it('names every data set', () => {
    expect(datasetDefinitions.map(({ type }) => type).filter((type) => !page.includes(`\`${type}\``))).toEqual([])
  })

  it('shows a document that is valid', () => {
    const blocks = [...page.matchAll(/```json\n([^`]+)```/g)].map(([, block]) => block)
    expect(blocks).toHaveLength(1)
    for (const block of blocks) expect(parseDocumentText(block)).toMatchObject({ ok: true })
  })
})
