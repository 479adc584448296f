import type { BlockedForm } from '../lowerings/lowering'
import { blockedConvolutionForms } from './convolution'
import { blockedElementwiseForms } from './elementwise'
import { blockedPoolingForms } from './pooling'
import { blockedReductionForms } from './reduction'

const ALL: readonly BlockedForm[] = [...blockedConvolutionForms, ...blockedElementwiseForms, ...blockedPoolingForms, ...blockedReductionForms]

/** Op name → its form on blocked images; ops that are not here have their images reordered to plain ones. */
export const BLOCKED_FORMS: ReadonlyMap<string, BlockedForm> = new Map(ALL.map((form) => [form.op, form]))
