import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { loadCode } from '../data/load'
import { decayForm } from '../optimizer/decay'
import { ruleForm } from '../optimizer/form'
import { kerasOptimizer } from '../optimizer/keras'
import { Code, indent } from '../python/literal'
import { headOf, type Head } from '../training/head'
import { kerasAveraging } from '../training/averaging'
import { kerasClipping } from '../training/gradients'
import { kerasLoss } from '../training/losses'
import { metricsCode } from '../training/metrics'
import { penaltiesOf, type Penalty } from '../training/penalties'
import { isConstant, kerasPlateau, refuseCycling, scheduleCode } from '../training/schedule'
import { kerasStopping } from '../training/stopping'
import { refuseGroups } from '../training/groups'
import { constants, docstring, importLines, joinParts } from '../training/script'
import { lowerKeras } from './lower'
import { kerasHelpers, kerasModelCode } from './print'

/** The whole experiment as a Keras 3 script. Throws an `IssueError` for what has no exact form. */
export function kerasScript(document: ExperimentDocument, plan: TrainingPlan): string {
  const head = headOf(plan)
  for (const { definition } of plan.augmentation.chosen) refuse('export-augmentation-unsupported', [], { augmentation: definition.type, format: 'keras' })
  const data = loadCode(document, plan, { head, channelsLast: true })
  const model = lowerKeras(plan, { target: 'keras', logitsOf: head.logitsOf, penalties: withCoupledDecay(plan), training: true })
  const scores = metricsCode(plan, head)
  const { schedule } = document.training
  refuseGroups(document, 'Keras')
  refuseCycling(schedule, 'Keras')
  const scheduled = schedule !== undefined && schedule.type !== 'plateau' && !isConstant(schedule)
  return joinParts([
    `${docstring(document, { framework: 'Keras 3', needs: 'keras 3 with TensorFlow, JAX or PyTorch, and numpy', data })}

${importLines([...data.imports, ...(scheduled ? ['import math'] : [])], ['import keras', 'import numpy as np', 'from keras import layers, ops'])}

${constants(document, plan)}

keras.utils.set_random_seed(SEED)`,
    ...data.definitions,
    ...kerasHelpers(model),
    kerasModelCode(model, document.name, { training: true }),
    ...optimizerParts(plan),
    scheduled ? scheduleCode(schedule) : null,
    scheduled ? SCHEDULE : null,
    kerasLoss(plan, head).definition,
    predictCode(head),
    scores,
    evaluationCode(document, scores !== null),
    trainCode(document, plan, head, scheduled),
    mainCode(scores !== null),
  ])
}

/** Keras knows decoupled decay alone; g + λw is the gradient of λ/2·Σw². */
function withCoupledDecay(plan: TrainingPlan): ReadonlyMap<string, Penalty> {
  const decay = decayForm(plan.optimizer)
  const penalties = new Map(penaltiesOf(plan))
  if (decay.kind !== 'coupled') return penalties
  for (const { fullName, role } of plan.layout.weights) {
    const { l1, l2 } = penalties.get(fullName) ?? { l1: 0, l2: 0 }
    if (role === 'kernel') penalties.set(fullName, { l1, l2: l2 + decay.rate / 2 })
  }
  return penalties
}

function optimizerParts(plan: TrainingPlan): string[] {
  const { optimizer } = plan
  const form = ruleForm(optimizer) ?? refuse('export-optimizer-unsupported', [], { optimizer: optimizer.definition.type })
  const decay = decayForm(optimizer)
  const { definition, construction } = kerasOptimizer(optimizer, form, decay, { learning_rate: new Code('LEARNING_RATE'), ...kerasClipping(plan), ...kerasAveraging(plan) })
  const lines = [
    ...(decay.kind === 'coupled' ? ['# Weight decay is part of the gradient here: it stands in the kernels’ regularizers.'] : []),
    `optimizer = ${construction}`,
    ...(decay.kind === 'decoupled' ? ['optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])'] : []),
    'return optimizer',
  ]
  return [definition, `def make_optimizer():\n${indent(lines.join('\n'))}`]
}

const SCHEDULE = `class Schedule(keras.callbacks.Callback):
    def __init__(self, steps_per_epoch):
        super().__init__()
        self.step, self.steps_per_epoch = 0, steps_per_epoch

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = learning_rate(self.step, self.steps_per_epoch)
        self.step += 1`

function predictCode({ activation }: Head): string {
  const outputs = activation === null ? 'outputs' : `ops.convert_to_numpy(ops.${activation}(outputs))`
  return `def predict(model, x):
    """${activation === null ? 'The model’s outputs.' : 'Probabilities: the model gives logits.'}"""
    outputs = model.predict(x, verbose=0)
    return ${outputs}`
}

/** Keras itself evaluates after each epoch; the document's metrics, and other times, need a callback. */
function evaluationCode({ training }: ExperimentDocument, scored: boolean): string | null {
  const every = training.evaluateEvery
  if (every === 'epoch' && !scored) return null
  const shown = scored ? 'scores(predict(self.model, x), y)' : 'float(ops.mean(self.model.loss(y, self.model.predict(x, verbose=0))))'
  const hook =
    every === 'epoch'
      ? `    def on_epoch_end(self, epoch, logs=None):
        x, y = self.part
        print(f"epoch {epoch + 1}:", ${shown})`
      : `    def on_train_batch_end(self, batch, logs=None):
        self.step += 1
        if self.step % ${String(every.steps)} == 0:
            x, y = self.part
            print(f"step {self.step}:", ${shown})`
  return `class Evaluation(keras.callbacks.Callback):
    def __init__(self, part):
        super().__init__()
        self.part, self.step = part, 0

${hook}`
}

function trainCode(document: ExperimentDocument, plan: TrainingPlan, head: Head, scheduled: boolean): string {
  const { training } = document
  const evaluated = training.evaluateEvery !== 'epoch' || plan.metrics.length > 0
  const callbacks = [...(scheduled ? ['Schedule(-(-len(x) // batch_size))'] : []), ...(evaluated ? ['*([] if validation is None else [Evaluation(validation)])'] : []), ...kerasStopping(document, plan), ...kerasPlateau(training.schedule, { penalized: penaltiesOf(plan).size > 0, everyEpoch: training.evaluateEvery === 'epoch' })]
  return `def train(model, training, validation=None):
    """Trains in place; returns what Keras recorded of each epoch."""
    x, y = training
    batch_size = BATCH_SIZE or len(x)
    model.compile(optimizer=make_optimizer(), loss=${kerasLoss(plan, head).expression})
    history = model.fit(
        x,
        y,
        batch_size=batch_size,
        epochs=EPOCHS,
        shuffle=${training.shuffle ? 'True' : 'False'},
        validation_data=validation,
        callbacks=[${callbacks.join(', ')}],
        verbose=2,
    )
    return history.history`
}

function mainCode(scored: boolean): string {
  return `def main():
    training, validation, test = load_data()
    model = build_model()
    model.summary()
    train(model, training, validation)
    for name, part in (("validation", validation), ("test", test)):
        if part is not None:
            print(name, ${scored ? 'scores(predict(model, part[0]), part[1])' : 'model.evaluate(*part, verbose=0)'})


if __name__ == "__main__":
    main()`
}
