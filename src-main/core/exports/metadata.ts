import type { TrainedModel } from './exporter'

/**
 * What the file alone would not tell, as text by key; structured values as JSON. `class_names` belong to the outputs'
 * positions; `preprocessing` makes the input from raw features, and `target_preprocessing` is to be undone on the
 * output: y = output / scale + shift.
 */
export function metadataOf(model: TrainedModel): Record<string, string> {
  const { target, preprocessing, targetPreprocessing, document } = model
  const { dataset, model: network, training } = document
  return {
    name: model.name,
    run: model.runId,
    step: String(model.step),
    descent_version: model.version,
    document_hash: model.documentHash,
    dataset_hash: model.datasetHash,
    document: JSON.stringify({ format: document.format, name: document.name, seed: document.seed, dataset, model: network, training }),
    preprocessing: JSON.stringify(preprocessing),
    ...(target.kind === 'class' ? { class_names: JSON.stringify(target.classNames) } : { target_names: JSON.stringify(target.names) }),
    ...(targetPreprocessing === null ? {} : { target_preprocessing: JSON.stringify(targetPreprocessing) }),
  }
}
