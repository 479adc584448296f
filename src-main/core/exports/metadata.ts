import type { TrainedModel } from './exporter'

type Description = Readonly<Record<string, unknown>>

/**
 * What the weights alone would not tell. `class_names` belong to the outputs' positions; `preprocessing` makes the input
 * from raw features, and `target_preprocessing` is to be undone on the output: y = output / scale + shift.
 */
export function descriptionOf(model: TrainedModel): Description {
  const { target, preprocessing, targetPreprocessing, document } = model
  const { dataset, model: network, training } = document
  return {
    name: model.name,
    run: model.runId,
    step: model.step,
    descent_version: model.version,
    document_hash: model.documentHash,
    dataset_hash: model.datasetHash,
    document: { format: document.format, name: document.name, seed: document.seed, dataset, model: network, training },
    preprocessing,
    ...(target.kind === 'class' ? { class_names: target.classNames } : { target_names: target.names }),
    ...(targetPreprocessing === null ? {} : { target_preprocessing: targetPreprocessing }),
  }
}

/** {@link descriptionOf} for formats whose metadata are texts: structured values as JSON. */
export function metadataOf(model: TrainedModel): Record<string, string> {
  return Object.fromEntries(Object.entries(descriptionOf(model)).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]))
}
