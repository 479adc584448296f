import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { IssueError, success, type Result } from '@shared/spec/issue'
import { kerasScript } from './keras/script'
import { pytorchScript } from './pytorch/script'

export { lowerKeras } from './keras/lower'
export type { KerasModel, KerasNode, KerasWeight } from './keras/model'
export { kerasModelScript, pytorchModelScript } from './model-script'
export { predictScript } from './predict-script'
export { lowerPytorch, type TorchModel } from './pytorch/lower'
export type { TorchWeight } from './pytorch/context'

export const FRAMEWORKS = ['keras', 'pytorch'] as const
export type Framework = (typeof FRAMEWORKS)[number]

const SCRIPTS = { keras: kerasScript, pytorch: pytorchScript }

/**
 * The whole experiment as a Python script: data, model, loss, optimizer in its dialect, schedule, penalties, training and
 * metrics. Where a framework's own optimizer follows another rule than the document's dialect, the script brings the rule
 * along. Issues name what has no exact form: `export-training-unsupported`, `export-initializer-unsupported`, …
 */
export function experimentScript(framework: Framework, document: ExperimentDocument, plan: TrainingPlan): Result<string> {
  try {
    return success(SCRIPTS[framework](document, plan))
  } catch (error) {
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}
