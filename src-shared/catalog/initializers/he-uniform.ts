import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith, symmetricUniform } from './parts/sample'

export const heUniform = defineInitializer({
  type: 'heUniform',
  options: z.object({}),
  title: { en: 'He (Kaiming) uniform', 'zh-CN': 'He（Kaiming）均匀' },
  help: {
    en: 'Uniform values whose variance makes up for the half that ReLU cuts off: for layers followed by ReLU. Also accepted as kaimingUniform.',
    'zh-CN': '均匀随机值，其方差补偿 ReLU 截去的一半信号：适合后接 ReLU 的层。也可写作 kaimingUniform。',
  },
  formula: String.raw`w \sim \mathcal{U}[-r, r], \quad r = \sqrt{\frac{6}{n_\mathrm{in}}}`,
  source: 'He et al., Delving Deep into Rectifiers, ICCV 2015, eq. 10',
  fill: ({ shape, fanIn, random }) => {
    const limit = Math.sqrt(6 / fanIn)
    return fillWith(shape, () => symmetricUniform(random, limit))
  },
})
