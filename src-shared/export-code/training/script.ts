import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import type { DataCode } from '../data/code'
import { python, pythonFloat, remark } from '../python/literal'
import type { StoppingCode } from './stopping'

/** The top of a script: what it is, where its numbers differ, and what it needs. */
export function docstring(document: ExperimentDocument, { framework, needs, data }: { readonly framework: string; readonly needs: string; readonly data: DataCode }): string {
  const lines = [
    `${remark(document.name) || 'experiment'}: an experiment of Descent as a ${framework} script.`,
    '',
    'Data, model, loss, optimizer, schedule and penalties are those of the document; initial weights, split and the order',
    'of rows are drawn by other generators, so results agree in kind, not in digits.',
    ...partsRemark(document),
    ...(data.remark === null ? [] : [`Data: ${remark(data.remark)}`]),
    `Needs: ${needs}.`,
  ]
  return `"""${lines.join('\n')}\n"""`
}

function partsRemark({ training: { accumulation = 1 } }: ExperimentDocument): readonly string[] {
  return accumulation === 1 ? [] : [`Descent computes each batch in ${python(accumulation)} parts, this script at once: the same update, but for batch normalization.`]
}

/** A teacher's answers are in no file that a script could read. */
export function refuseDistillation({ distillation }: TrainingPlan, framework: string): void {
  if (distillation !== null) refuse('export-training-unsupported', [], { setting: 'distillation', framework })
}

/** Modules of Python itself that definitions use. */
export function moduleImports(definitions: readonly (string | null)[]): readonly string[] {
  return ['copy', 'math', 'time'].flatMap((name) => (definitions.some((text) => text !== null && new RegExp(`\\b${name}\\.`).test(text)) ? [`import ${name}`] : []))
}

/** Numbers of the whole script. */
export function constants(document: ExperimentDocument, plan: TrainingPlan, { steps, seconds }: Pick<StoppingCode, 'steps' | 'seconds'>): string {
  const { training, seed } = document
  return [
    // NumPy and the frameworks take 32 bits.
    `SEED = ${python(seed % 2 ** 32)}`,
    `EPOCHS = ${python(training.epochs)}`,
    `BATCH_SIZE = ${training.batchSize === 'full' ? 'None  # all rows' : python(training.batchSize)}`,
    `LEARNING_RATE = ${pythonFloat(plan.optimizer.learningRate)}`,
    ...(steps === null ? [] : [`STEPS = ${python(steps)}  # at most`]),
    ...(seconds === null ? [] : [`SECONDS = ${python(seconds)}  # of training, at most`]),
  ].join('\n')
}

/** Parts of a module with two empty lines between them. */
export function joinParts(parts: readonly (string | null)[]): string {
  return `${parts.filter((part): part is string => part !== null && part !== '').join('\n\n\n')}\n`
}

/** Sorted: those of Python itself, then those of packages. */
export function importLines(own: readonly string[], packages: readonly string[]): string {
  const first = own.filter((line) => !/PIL/.test(line))
  const others = [...packages, ...own.filter((line) => /PIL/.test(line))]
  return [[...new Set(first)].sort().join('\n'), [...new Set(others)].join('\n')].filter((block) => block !== '').join('\n\n')
}
