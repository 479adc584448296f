import { expect, it } from 'vitest'
import { exporters } from '@shared/catalog/exporters'
import { firstSentence } from '@renderer/components/first-sentence'

it.each([
  ['One. Two.', 'One.'],
  ['Has tf.loadLayersModel in it. More.', 'Has tf.loadLayersModel in it.'],
  ['一句。两句。', '一句。'],
  ['Without an end', 'Without an end'],
])('%s', (text, first) => expect(firstSentence(text)).toBe(first))

it('what an export is for is said first, and briefly', () => {
  for (const { help } of exporters) {
    expect(firstSentence(help.en).length).toBeLessThan(180)
    expect(firstSentence(help['zh-CN']).length).toBeLessThan(90)
  }
})
