import { z } from 'zod'
import { reverse, where, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { definePicture, type AugmentationScope } from './augmentation'
import { happens } from './parts/draws'

function flipped(scope: AugmentationScope, pictures: Tensor, axis: number, probability: number): Tensor {
  return where(happens(scope, [pictures.shape[0], 1, 1, 1], probability), reverse(pictures, [axis]), pictures)
}

export const flip = definePicture({
  type: 'flip',
  kind: 'picture',
  options: z.object({
    horizontal: field(z.boolean().default(true), {
      en: 'Mirrors left and right.',
      'zh-CN': '左右镜像。',
    }),
    vertical: field(z.boolean().default(false), {
      en: 'Mirrors top and bottom.',
      'zh-CN': '上下镜像。',
    }),
    probability: field(z.number().min(0).max(1).default(0.5), {
      en: 'Share of the samples that are mirrored, for each direction by itself.',
      'zh-CN': '被镜像的样本比例，两个方向各自独立。',
      symbol: 'p',
    }),
  }),
  title: { en: 'Flip', 'zh-CN': '翻转' },
  help: {
    en: 'Mirrors samples at random. For objects whose mirror image is as likely; not for digits and letters.',
    'zh-CN': '随机镜像样本。适用于镜像同样合理的物体；不适用于数字和字母。',
  },
  formula: String.raw`x'_{i j} = x_{i,\ W - 1 - j} \ \text{with probability } p`,
  source: 'Krizhevsky, Sutskever & Hinton, ImageNet Classification with Deep Convolutional Neural Networks, NIPS 2012, section 4.1; https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/',
  change: (scope, pictures, { horizontal, vertical, probability }) => {
    const mirrored = horizontal ? flipped(scope, pictures, 3, probability) : pictures
    return vertical ? flipped(scope, mirrored, 2, probability) : mirrored
  },
})
