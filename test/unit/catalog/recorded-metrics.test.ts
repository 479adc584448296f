import { describe, expect, it } from 'vitest'
import { metrics } from '@shared/catalog/metrics'
import { betterOf, metricTitle } from '@shared/catalog/recorded-metrics'

describe('what runs record', () => {
  it('is named by the catalog, with options behind the title, and else by itself', () => {
    expect(metricTitle('accuracy')['zh-CN']).toBe('准确率')
    expect(metricTitle('loss').en).toBe('Loss')
    expect(metricTitle('top3Accuracy')).toEqual({ en: 'Top-k accuracy (top3Accuracy)', 'zh-CN': '前 k 准确率（top3Accuracy）' })
    expect(metricTitle('precisionMacro')['zh-CN']).toBe('精确率（precisionMacro）')
    expect(metricTitle('layer.norm.meanGap')['zh-CN']).toBe('norm：批均值与滑动均值之差')
    expect(metricTitle('unheardOf').en).toBe('unheardOf')
  })

  it('is better as its definition says, whatever its options, in every part of the data', () => {
    const options = [{}, { k: 3 }, { average: 'macro' }, { average: 'micro' }, { average: 'binary', positiveClass: 2 }]
    for (const definition of metrics) {
      for (const each of options) {
        const parsed = definition.options.safeParse(each)
        if (!parsed.success) continue
        const key = definition.key(parsed.data)
        for (const part of ['', 'train.', 'epoch.', 'val.', 'test.']) expect(betterOf(`${part}${key}`), `${part}${key}`).toBe(definition.better)
      }
    }
  })

  it('is better neither way where it only describes the training', () => {
    expect(betterOf('val.perplexity')).toBe('lower')
    expect(betterOf('train.loss')).toBe('lower')
    for (const key of ['learningRate', 'gradientNorm', 'momentum', 'train.penalty', 'layer.norm.varianceRatio', 'unheardOf']) expect(betterOf(key), key).toBeNull()
  })
})
