import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith } from './parts/sample'

export const heNormal = defineInitializer({
  type: 'heNormal',
  options: z.object({}),
  title: { en: 'He (Kaiming) normal', 'zh-CN': 'He（Kaiming）正态' },
  help: {
    en: 'Normal values whose variance makes up for the half that ReLU cuts off: for layers followed by ReLU. Also accepted as kaimingNormal. The normal values are not truncated, as in PyTorch; Keras cuts them at two standard deviations.',
    'zh-CN': '方差补偿 ReLU 截去的一半信号：适合后接 ReLU 的层。也可写作 kaimingNormal。正态值不作截断（同 PyTorch）；Keras 会在两个标准差处截断。',
  },
  formula: String.raw`w \sim \mathcal{N}\!\left(0, \frac{2}{n_\mathrm{in}}\right)`,
  source: 'He et al., Delving Deep into Rectifiers, ICCV 2015, eq. 10',
  fill: ({ shape, fanIn, random }) => {
    const stddev = Math.sqrt(2 / fanIn)
    return fillWith(shape, () => stddev * random.normal())
  },
})
