import type { Form } from '../form'
import { convolutionForms } from './convolution'
import { elementwiseForms } from './elementwise'
import { indexingForms } from './indexing'
import { matmulForms } from './matmul'
import { poolingForms } from './pooling'
import { randomForms } from './random'
import { reduceForms } from './reduce'
import { scanForms } from './scan'
import { shapeForms } from './shape'

/** The op table: how each op of the closed set is written in tfjs-core. */
export const FORMS: ReadonlyMap<string, Form> = new Map(
  [elementwiseForms, matmulForms, convolutionForms, poolingForms, reduceForms, shapeForms, indexingForms, randomForms, scanForms].flatMap((forms) => Object.entries(forms)),
)
