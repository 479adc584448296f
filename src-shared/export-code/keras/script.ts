import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { loadCode } from '../data/load'
import { decayForm } from '../optimizer/decay'
import { ruleForm } from '../optimizer/form'
import { kerasOptimizer } from '../optimizer/keras'
import { Code, indent } from '../python/literal'
import { kerasOwnAveraging, type KerasAverager } from '../training/averaging'
import { looksOf } from '../training/evaluation'
import { kerasGradients, kerasOwnClipping } from '../training/gradients'
import { treatmentsOf, treatsAlike } from '../training/groups'
import { activated, headOf, type Head } from '../training/head'
import { kerasLoss } from '../training/losses'
import { metricsCode } from '../training/metrics'
import { penaltiesOf } from '../training/penalties'
import { isConstant, momentumCode, scheduleCode } from '../training/schedule'
import { constants, docstring, importLines, joinParts, moduleImports, refuseDistillation } from '../training/script'
import { stoppingCode } from '../training/stopping'
import { kerasAugmentation } from './augmentation'
import { lowerKeras } from './lower'
import type { KerasModel } from './model'
import { kerasHelpers, kerasModelCode } from './print'
import { kerasTraining } from './training'

/** The whole experiment as a Keras 3 script. Throws an `IssueError` for what has no exact form. */
export function kerasScript(document: ExperimentDocument, plan: TrainingPlan): string {
  refuseDistillation(plan, 'Keras')
  const head = headOf(plan)
  const { schedule, shuffle } = document.training
  const data = loadCode(document, plan, { head, channelsLast: true })
  const model = lowerKeras(plan, { target: 'keras', logitsOf: head.logitsOf, penalties: penaltiesOf(plan), training: true })
  const augmentation = kerasAugmentation(plan, shuffle)
  const scores = metricsCode(plan, head)
  const stopping = stoppingCode(plan, { copy: 'model.get_weights()', put: 'model.set_weights(weights)' }, 'Keras')
  const training = kerasTraining(document, plan, { head, scored: scores !== null, stopping, augmentation: augmentation.changes })
  const limited = stopping.steps !== null
  const definitions = [
    ...data.definitions,
    ...augmentation.definitions,
    ...kerasHelpers(model),
    kerasModelCode(model, document.name, { training: true }),
    ...optimizerParts(plan, model, training.averager),
    schedule === undefined || isConstant(schedule) ? null : scheduleCode(schedule, limited),
    momentumCode(schedule, limited),
    kerasLoss(plan, head).definition,
    predictCode(head),
    scores,
    evaluateCode(head, scores !== null),
    ...training.definitions,
    training.train,
    MAIN,
  ]
  return joinParts([
    `${docstring(document, { framework: 'Keras 3', needs: 'keras 3 with TensorFlow, JAX or PyTorch, and numpy', data })}

${importLines([...data.imports, ...moduleImports(definitions)], ['import keras', 'import numpy as np', 'from keras import layers, ops'])}

${constants(document, plan, stopping)}

keras.utils.set_random_seed(SEED)`,
    ...definitions,
  ])
}

function optimizerParts(plan: TrainingPlan, model: KerasModel, averager: KerasAverager): (string | null)[] {
  const { optimizer } = plan
  const form = ruleForm(optimizer) ?? refuse('export-optimizer-unsupported', [], { optimizer: optimizer.definition.type })
  const decay = decayForm(optimizer)
  const gradients = kerasGradients(plan, layersOf(plan, model, plan.model.output))
  const treatments = treatmentsOf(plan)
  const weights = model.nodes.flatMap((node) => node.weights.flatMap(({ name, source }) => {
    const treatment = source === null ? undefined : treatments.get(source)
    return treatment === undefined || treatment.frozen ? [] : [{ layer: node.name, name, ...treatment }]
  }))
  // Keras itself knows decoupled decay of kernels at one rate.
  const ownDecay = decay.kind === 'none' || (decay.kind === 'decoupled' && treatsAlike(plan))
  const { definition, construction } = kerasOptimizer(optimizer, form, decay, {
    common: { learning_rate: new Code('LEARNING_RATE'), ...kerasOwnClipping(plan), ...kerasOwnAveraging(plan, averager) },
    tailoring: {
      rateFactors: new Map(weights.flatMap(({ layer, rateFactor }) => (rateFactor === 1 ? [] : [[layer, rateFactor] as const]))),
      decaying: ownDecay ? null : weights.flatMap(({ layer, name, decays }) => (decays ? [`${layer}/${name}`] : [])),
      changesGradients: gradients !== null,
      addsNoise: plan.gradients.noise !== null,
      addsNorms: looksOf(plan).gradientNorm,
      cycled: plan.cyclesMomentum,
    },
  })
  const excluded = decay.kind === 'decoupled' && ownDecay
  const lines = excluded ? [`optimizer = ${construction}`, 'optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])', 'return optimizer'] : [`return ${construction}`]
  return [gradients, definition, `def make_optimizer():\n${indent(lines.join('\n'))}`]
}

/** Keras layers that a layer of the document became. */
function layersOf({ layout }: TrainingPlan, { nodes }: KerasModel, layer: string): readonly string[] {
  const own = new Set(layout.weights.filter((weight) => weight.layer === layer).map(({ fullName }) => fullName))
  return nodes.flatMap((node) => (node.weights.some(({ source }) => source !== null && own.has(source)) ? [node.name] : []))
}

function predictCode(head: Head): string {
  return `def predict(model, x):
    """${head.activation === null ? 'What the model gives.' : 'Probabilities: the model gives logits.'}"""
    return ${activated(head, 'keras', 'model.predict(x, verbose=0)')}`
}

function evaluateCode(head: Head, scored: boolean): string {
  return `def evaluate(model, part):
    """Mean loss of a part${scored ? ', and the document’s metrics' : ''}."""
    x, y = part
    outputs = model.predict(x, verbose=0)
    loss = float(ops.mean(model.loss(y, outputs)))
    return {"loss": loss${scored ? `, **scores(${activated(head, 'keras', 'outputs')}, y)` : ''}}`
}

const MAIN = `def main():
    training, validation, test = load_data()
    model = build_model()
    model.summary()
    train(model, training, validation)
    for name, part in (("validation", validation), ("test", test)):
        if part is not None:
            print(name, evaluate(model, part))


if __name__ == "__main__":
    main()`
