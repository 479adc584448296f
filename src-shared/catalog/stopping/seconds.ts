import { z } from 'zod'
import { field } from '../definition'
import { defineStopping } from './stopping'

export const seconds = defineStopping({
  type: 'seconds',
  reason: 'stopped-seconds',
  options: z.object({
    seconds: field(z.number().positive().max(31_536_000), { en: 'Seconds of training, pauses left out.', 'zh-CN': '训练的秒数，不含暂停。', symbol: 'S', unit: 's' }),
  }),
  title: { en: 'Wall time', 'zh-CN': '时间' },
  help: {
    en: 'Ends once training has taken so long, within the tenth of a second or so that a group of steps takes. The one rule whose end depends on the machine: two runs of the same document may make different numbers of steps, though each step gives the same numbers.',
    'zh-CN': '训练达到给定时间后结束，误差约为一组步骤的时长。这是唯一取决于机器的规则：同一文档的两次运行步数可能不同，但相同步的数值一致。',
  },
  formula: String.raw`\tau \ge S`,
  source: 'https://keras.io/keras_tuner/ and torch.utils, where scripts bound runs by time; Coleman et al. (2019), DAWNBench, arXiv:1806.01427',
  seconds: (options) => options.seconds,
})
