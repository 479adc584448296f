import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { ruleForm } from '../optimizer/form'
import { indent } from '../python/literal'
import type { AugmentationCode } from '../augmentation/writer'
import { kerasAverager, kerasAveragingCode, type KerasAverager } from '../training/averaging'
import { dueWithin, looksOf } from '../training/evaluation'
import { kerasLoss } from '../training/losses'
import { penaltiesOf } from '../training/penalties'
import { isConstant, kerasPlateau, plateauCode } from '../training/schedule'
import type { Head } from '../training/head'
import { kerasEarlyStopping, rulesLines, type StoppingCode } from '../training/stopping'

/** What Keras's `fit` is given, and the callbacks that it needs. */
export interface KerasTraining {
  readonly definitions: readonly (string | null)[]
  readonly train: string
  readonly averager: KerasAverager
}

interface Needs {
  readonly scheduled: boolean
  readonly stopping: StoppingCode
  /** How `Plateau` is made; null where Keras's own callback does it, or none is needed. */
  readonly plateau: string | null
  readonly nativeStopping: string | null
  readonly nativePlateau: string | null
  readonly averager: KerasAverager
  /** Whether the optimizer looks ahead before each update. */
  readonly looksAhead: boolean
  /** Whether a callback measures the validation part. */
  readonly evaluates: boolean
}

export function kerasTraining(document: ExperimentDocument, plan: TrainingPlan, { head, scored, stopping, augmentation }: { readonly head: Head; readonly scored: boolean; readonly stopping: StoppingCode; readonly augmentation: AugmentationCode['changes'] }): KerasTraining {
  const looks = looksOf(plan)
  if (looks.metrics) refuse('export-training-unsupported', [], { setting: 'a rule that looks at metrics of training rows', framework: 'Keras' })
  if (looks.loss && penaltiesOf(plan).size > 0) refuse('export-training-unsupported', [], { setting: 'a rule that looks at epoch.loss beside penalties', framework: 'Keras' })
  const nativeStopping = kerasEarlyStopping(document, plan)
  const nativePlateau = kerasPlateau(document, plan)
  const reacting = nativePlateau === null ? plateauCode(document, plan) : null
  const rules = nativeStopping === null ? stopping : { ...stopping, definitions: [], rules: [] }
  const form = ruleForm(plan.optimizer)
  const evaluates = scored || document.training.evaluateEvery !== 'epoch' || rules.rules.length > 0 || reacting !== null || rules.steps !== null || rules.seconds !== null
  const needs: Needs = {
    scheduled: !isConstant(document.training.schedule),
    stopping: rules,
    plateau: reacting?.construction ?? null,
    nativeStopping,
    nativePlateau,
    looksAhead: form?.family === 'momentum' && form.ahead,
    averager: kerasAverager(plan, evaluates),
    evaluates,
  }
  return {
    definitions: [reacting?.definition ?? null, scheduleCallback(plan, needs), needs.looksAhead ? LOOK_AHEAD : null, kerasAveragingCode(plan, needs.averager), ...rules.definitions, needs.evaluates ? evaluationCallback(document, plan, needs) : null],
    train: trainCode(document, plan, { head, needs, augmentation }),
    averager: needs.averager,
  }
}

const LOOK_AHEAD = `class LookAhead(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.look_ahead(self.model.trainable_variables)`

function scheduleCallback({ cyclesMomentum }: TrainingPlan, { scheduled, plateau }: Needs): string | null {
  if (!scheduled && plateau === null && !cyclesMomentum) return null
  const rate = `${scheduled ? 'learning_rate(self.step, self.steps_per_epoch)' : 'LEARNING_RATE'}${plateau === null ? '' : ' * self.plateau.share'}`
  return `class Schedule(keras.callbacks.Callback):
    def __init__(self, steps_per_epoch${plateau === null ? '' : ', plateau'}):
        super().__init__()
        self.step, self.steps_per_epoch${plateau === null ? '' : ', self.plateau'} = 0, steps_per_epoch${plateau === null ? '' : ', plateau'}

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = ${rate}
${cyclesMomentum ? '        self.model.optimizer.momentum.assign(momentum(self.step, self.steps_per_epoch))\n' : ''}        self.step += 1`
}

/** Keras itself evaluates after each epoch; the document's metrics, rules and other times need a callback. */
function evaluationCallback(document: ExperimentDocument, plan: TrainingPlan, { stopping, plateau, averager, scheduled }: Needs): string {
  const looks = looksOf(plan)
  const reacts = stopping.rules.length > 0 || plateau !== null
  const within = dueWithin(document, 'self.step', 'batch + 1 < self.params["steps"]')
  const limits = [...(stopping.steps === null ? [] : ['self.step == STEPS']), ...(stopping.seconds === null ? [] : ['time.monotonic() - self.begun >= SECONDS'])]
  const members = ['validation', ...(stopping.rules.length > 0 ? ['rules'] : []), ...(plateau === null ? [] : ['plateau', 'steps_per_epoch']), ...(averager === 'callback' ? ['averaging'] : [])]
  const counted = within !== null || limits.length > 0 || (plateau !== null && scheduled)
  const perBatch = [
    ...(counted ? ['self.step += 1'] : []),
    ...(looks.gradientNorm ? ['self.updates += 1'] : []),
    ...(within === null ? [] : [`if ${within}:`, `    self.look(f"step {self.step}"${reacts ? ', {}' : ''})`]),
    ...(limits.length === 0 ? [] : [`if ${limits.join(' or ')}:`, '    self.model.stop_training = True']),
  ]
  const perEpoch = [
    ...(looks.gradientNorm ? ['norm = float(self.model.optimizer.norms) / self.updates', 'self.updates = 0', 'self.model.optimizer.norms.assign(0)'] : []),
    `self.look(f"epoch {epoch + 1}"${reacts ? `, {${[...(looks.loss ? ['"epoch.loss": logs["loss"]'] : []), ...(looks.gradientNorm ? ['"epoch.gradientNorm": norm'] : [])].join(', ')}}` : ''})`,
  ]
  const monitor = JSON.stringify(plan.scheduleMonitor?.key)
  const look = [
    ...(averager === 'callback' ? ['trained = self.model.get_weights()', 'self.averaging.place()'] : []),
    'if self.validation is not None:',
    '    found = evaluate(self.model, self.validation)',
    '    print(f"{when}:", found)',
    ...(reacts ? ['    recorded |= {f"val.{name}": value for name, value in found.items()}'] : []),
    ...(plateau === null ? [] : [`if ${monitor} in recorded:`, `    self.plateau.look(recorded[${monitor}], ${scheduled ? 'learning_rate(self.step, self.steps_per_epoch)' : 'LEARNING_RATE'})`]),
    ...(stopping.rules.length === 0 ? [] : ['if ended(self.rules, recorded, self.model):', '    self.model.stop_training = True']),
    ...(averager === 'callback' ? ['self.model.set_weights(trained)'] : []),
  ]
  const methods = [
    ['def __init__(self, ' + members.join(', ') + '):', '    super().__init__()', `    ${members.map((name) => `self.${name}`).join(', ')} = ${members.join(', ')}`, ...(counted ? ['    self.step = 0'] : []), ...(looks.gradientNorm ? ['    self.updates = 0'] : [])],
    ...(stopping.seconds === null ? [] : [['def on_train_begin(self, logs=None):', '    self.begun = time.monotonic()']]),
    ...(perBatch.length === 0 ? [] : [['def on_train_batch_end(self, batch, logs=None):', ...perBatch.map((line) => indent(line))]]),
    ['def on_epoch_end(self, epoch, logs=None):', ...perEpoch.map((line) => indent(line))],
    [`def look(self, when${reacts ? ', recorded' : ''}):`, ...look.map((line) => indent(line))],
    ...(stopping.restores && stopping.rules.length > 0 ? [['def on_train_end(self, logs=None):', '    for _, rule in self.rules:', '        if isinstance(rule, EarlyStopping):', '            rule.restore(self.model)']] : []),
  ]
  return `class Evaluation(keras.callbacks.Callback):
    """Measures the validation part${reacts ? ', and does what follows' : ''}."""

${methods.map((lines) => indent(lines.join('\n'))).join('\n\n')}`
}

function trainCode(document: ExperimentDocument, plan: TrainingPlan, { head, needs, augmentation }: { readonly head: Head; readonly needs: Needs; readonly augmentation: AugmentationCode['changes'] }): string {
  const { training } = document
  const { scheduled, stopping, plateau, averager } = needs
  const callbacks = [
    ...(scheduled || plateau !== null || plan.cyclesMomentum ? [`Schedule(steps_per_epoch${plateau === null ? '' : ', plateau'})`] : []),
    ...(needs.looksAhead ? ['LookAhead()'] : []),
    ...(averager === 'callback' ? ['averaging'] : []),
    ...(needs.evaluates ? [`Evaluation(${['validation', ...(stopping.rules.length > 0 ? ['rules'] : []), ...(plateau === null ? [] : ['plateau', 'steps_per_epoch']), ...(averager === 'callback' ? ['averaging'] : [])].join(', ')})`] : []),
    ...(needs.nativeStopping === null ? [] : [needs.nativeStopping]),
    ...(needs.nativePlateau === null ? [] : [needs.nativePlateau]),
  ]
  const averaging = 'averaging = Averaging(steps_per_epoch, total_steps)'
  const usesSteps = callbacks.some((each) => each.includes('steps_per_epoch')) || averager === 'callback'
  const before = [
    'x, y = training',
    'batch_size = BATCH_SIZE or len(x)',
    ...(usesSteps ? ['steps_per_epoch = -(-len(x) // batch_size)'] : []),
    ...(averager === 'callback' ? [stopping.steps === null ? 'total_steps = EPOCHS * steps_per_epoch' : 'total_steps = min(EPOCHS * steps_per_epoch, STEPS)', averaging] : []),
    ...(plateau === null ? [] : [`plateau = ${plateau}`]),
    ...rulesLines(stopping),
    `model.compile(optimizer=make_optimizer(), loss=${kerasLoss(plan, head).expression})`,
  ]
  const data = augmentation === null ? ['x,', 'y,', 'batch_size=batch_size,'] : ['Batches(x, y, batch_size),']
  return `def train(model, training, validation=None):
    """Trains in place; returns what Keras recorded of each epoch."""
${indent(before.join('\n'))}
    history = model.fit(
${indent(data.join('\n'), 2)}
        epochs=EPOCHS,
        shuffle=${training.shuffle && augmentation === null ? 'True' : 'False'},
        validation_data=validation,
        callbacks=[${callbacks.join(', ')}],
        verbose=2,
    )
    return history.history`
}
