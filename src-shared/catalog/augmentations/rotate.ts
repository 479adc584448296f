import { z } from 'zod'
import { add, mul, sub } from '@shared/graph'
import { field } from '../definition'
import { defineGeometry } from './augmentation'
import { sineAndCosine } from './parts/angles'
import { uniform } from './parts/draws'
import { fillField } from './parts/fill'

export const rotate = defineGeometry({
  type: 'rotate',
  kind: 'geometry',
  options: z.object({
    degrees: field(z.number().min(0).max(180).default(10), {
      en: 'Greatest angle, to either side.',
      'zh-CN': '向两侧旋转的最大角度。',
      symbol: String.raw`\theta`,
      unit: 'degrees',
    }),
    fill: fillField,
  }),
  title: { en: 'Rotate', 'zh-CN': '旋转' },
  help: {
    en: 'Turns every sample about its center by a random angle, read bilinearly between pixels.',
    'zh-CN': '把每个样本绕中心随机旋转一个角度，在像素之间双线性插值。',
  },
  formula: String.raw`x'(u) = x\big(c + R_{-\alpha} (u - c)\big), \quad \alpha \sim \mathcal{U}[-\theta, \theta]`,
  source: 'Simard, Steinkraus & Platt, Best Practices for Convolutional Neural Networks, ICDAR 2003, section 2; https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/',
  move: (scope, { x, y }, batch, [, height, width], { degrees }) => {
    const limit = (degrees * Math.PI) / 180
    const { sine, cosine } = sineAndCosine(uniform(scope, [batch, 1, 1], -limit, limit))
    const center = { x: (width - 1) / 2, y: (height - 1) / 2 }
    const [right, down] = [sub(x, center.x), sub(y, center.y)]
    return { x: add(sub(mul(right, cosine), mul(down, sine)), center.x), y: add(add(mul(right, sine), mul(down, cosine)), center.y) }
  },
})
