import type { Form } from '../lowerings/lowering'
import { convolutionForms } from './convolution'
import { elementwiseForms } from './elementwise'
import { indexingForms } from './indexing'
import { matmulForms } from './matmul'
import { poolingForms } from './pooling'
import { randomForms } from './random'
import { reductionForms } from './reduction'
import { scanForms } from './scan'
import { shapeForms } from './shape'

const ALL: readonly Form[] = [
  ...elementwiseForms,
  ...matmulForms,
  ...convolutionForms,
  ...poolingForms,
  ...reductionForms,
  ...shapeForms,
  ...indexingForms,
  ...randomForms,
  ...scanForms,
]

/** Op name → its plain form. */
export const FORMS: ReadonlyMap<string, Form> = new Map(ALL.map((form) => [form.op, form]))
