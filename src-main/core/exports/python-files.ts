import { experimentScript, predictScript, type Framework } from '@shared/export-code'
import type { TrainedModel } from './exporter'
import { descriptionOf } from './metadata'
import type { ZipEntry } from './zip'

/** What both Python formats bring beside the model: an example, what it reads, and the experiment's script. */
export function pythonFiles(framework: Framework, model: TrainedModel): readonly ZipEntry[] {
  const script = experimentScript(framework, model.document, model.plan)
  return [
    { name: 'predict.py', content: predictScript(framework, model.plan.data.sample, model.plan.model.outputShape) },
    { name: 'metadata.json', content: `${JSON.stringify(descriptionOf(model), null, 2)}\n` },
    // Weights leave even where a part of the experiment has no form in Python.
    ...(script.ok ? [{ name: 'train.py', content: script.value }] : []),
  ]
}
