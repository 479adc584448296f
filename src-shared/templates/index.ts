import { autoencoder } from './autoencoder'
import { batchNormCnn } from './batch-norm-cnn'
import { charLstm } from './char-lstm'
import { lenet } from './lenet'
import { linearRegression } from './linear-regression'
import { logisticRegression } from './logistic-regression'
import { mlp } from './mlp'
import { residualCnn } from './residual-cnn'
import { rowLstm } from './row-lstm'
import type { Template } from './template'
import { transformer } from './transformer'

export { applyTemplate, imageShapeOf, missingFor } from './apply'
export type { Template, TemplateData, TemplateModel, TemplateNode } from './template'

/** Models to start from, simplest first. */
export const templates: readonly Template[] = [linearRegression, logisticRegression, mlp, lenet, batchNormCnn, residualCnn, autoencoder, rowLstm, charLstm, transformer]
