import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** British spellings, of the words that this field uses; American ones stand in code and texts. */
const british = new RegExp(
  [
    /(optim|regular|normal|initial|standard|general|visual|serial|quant|discret|minim|maxim|summar|token|vector|random|parallel|factor|penal)is(e|es|ed|er|ers|ing|ation|ations)\b/,
    /\b(behaviour|colour|favour|neighbour|flavour)/,
    /\b(centre|centred|metre|grey|analyse|artefact|catalogue|dialogue)(d|s)?\b/,
    /\b(label|model|cancel|travel|signal)l(ed|ing|er)\b/,
  ]
    .map((each) => each.source)
    .join('|'),
  'i',
)

/** Words of others: the browser's and Node's own names. */
const names = /\bgrey(?=scale)/gi

function findBritish(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => (british.test(line.replace(names, '')) ? [`${String(index + 1)}: ${line.trim()}`] : []))
}

it('finds a British spelling, in prose and in names', () => {
  expect(findBritish('an optimiser\nan optimizer')).toEqual(['1: an optimiser'])
  expect(findBritish('layerNormalisation(x)')).toHaveLength(1)
  expect(findBritish('promise, precise, otherwise, raise, noise, likewise')).toEqual([])
})

it('code and docs use American spelling', () => {
  const files = globSync(['{src-shared,src-main,src-renderer,docs,bench,bin}/**/*.{ts,vue,js,mjs,md,html}', '*.{ts,js,md}', 'package.json'], {
    cwd: root,
  }).filter((file) => !file.endsWith('spelling.test.ts'))
  expect(files).toContain('src-shared/spec/issue.ts')
  const found = files.flatMap((file) => findBritish(readFileSync(join(root, file), 'utf8')).map((line) => `${file}:${line}`))
  expect(found).toEqual([])
})
