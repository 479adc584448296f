import { z } from 'zod'
import type { FileDataset } from './dataset'

const options = z.strictObject({})

/** 150 flowers, four lengths in cm, three species; shipped with the app. */
export const iris: FileDataset<typeof options> = {
  type: 'iris',
  kind: 'file',
  options,
  preprocess: { features: 'standardize' },
  title: { en: 'Iris', 'zh-CN': '鸢尾花' },
  help: {
    en: '150 flowers with four measurements and three species: the classic first classification.',
    'zh-CN': '150 朵鸢尾花，四个测量值，三个品种：经典的入门分类数据。',
  },
  formula: String.raw`x \in \mathbb{R}^4,\quad y \in \{1, 2, 3\}`,
  source: 'R. A. Fisher: Iris, UCI Machine Learning Repository, 1936 (CC BY 4.0)',
}
