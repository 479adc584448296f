import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import { call, indent, python, type PythonValue } from '../python/literal'
import type { DecayForm } from './decay'
import type { RuleForm } from './form'
import { ruleCode } from './rules'

/** A class, where the framework has no optimizer of this rule, and what makes one. */
export interface OptimizerCode {
  readonly definition: string
  readonly construction: string
}

/** What Keras's own optimizers leave to the script. */
export interface KerasTailoring {
  /** What the rate of layers is multiplied by, those with 1 left out. */
  readonly rateFactors: ReadonlyMap<string, number>
  /** Weights that decay, `layer/variable`; null where the optimizer itself does it. */
  readonly decaying: readonly string[] | null
  /** Whether `change_gradients` comes first, and whether it draws noise. */
  readonly changesGradients: boolean
  readonly addsNoise: boolean
  /** Whether the norms of gradients are added up. */
  readonly addsNorms: boolean
  /** Whether a schedule moves the momentum. */
  readonly cycled: boolean
}

const RULE = 'UpdateRule'

/** `common`: arguments that all of Keras's optimizers take, the learning rate among them. */
export function kerasOptimizer(optimizer: ResolvedOptimizer, form: RuleForm, decay: DecayForm, { common, tailoring }: { readonly common: Readonly<Record<string, PythonValue>>; readonly tailoring: KerasTailoring }): OptimizerCode {
  // A number of Keras's own optimizers is part of the compiled update: it cannot move.
  const native = tailoring.cycled ? null : nativeOf(optimizer, form)
  const base = native === null ? RULE : `keras.optimizers.${native.name}`
  const tailored = tailoring.rateFactors.size > 0 || tailoring.decaying !== null || tailoring.changesGradients || tailoring.addsNorms
  const ownDecay: Record<string, PythonValue> = decay.kind === 'decoupled' && tailoring.decaying === null ? { weight_decay: decay.rate } : {}
  // AdamW's own default is a decay.
  const extra = native?.name === 'AdamW' ? { weight_decay: 0, ...ownDecay } : ownDecay
  const definitions = [...(native === null ? [ruleClass(form, tailoring.cycled)] : []), ...(tailored ? [tailoredClass(base, decay, tailoring)] : [])]
  return { definition: definitions.join('\n\n\n'), construction: call(tailored ? TAILORED : base, [], { ...common, ...native?.options, ...extra }) }
}

const TAILORED = 'Optimizer'

/** What is there from the beginning. */
function beginning(lines: readonly string[]): string[] {
  return ['def __init__(self, **options):', '    super().__init__(**options)', ...lines.map((line) => indent(line))]
}

/** A number that callbacks read or write. */
function numberLine(name: string): string {
  return `self.${name} = self.add_variable(shape=(), initializer="zeros", name="${name}")`
}

function tailoredClass(base: string, decay: DecayForm, { rateFactors, decaying, changesGradients, addsNoise, addsNorms }: KerasTailoring): string {
  const does = [
    ...(changesGradients ? ['changes gradients first'] : []),
    ...(decaying === null ? [] : [decay.kind === 'coupled' ? 'takes weight decay for a part of the gradient' : 'chooses what decays']),
    ...(rateFactors.size === 0 ? [] : ['has a rate for each layer']),
    ...(addsNorms ? ['adds up norms of gradients'] : []),
  ]
  const settings = [
    ...(rateFactors.size === 0 ? [] : [`RATE_FACTORS = {${[...rateFactors].map(([layer, factor]) => `${python(layer)}: ${python(factor)}`).join(', ')}}`]),
    ...(decaying === null ? [] : [`DECAYING = {${decaying.map(python).join(', ')}}`]),
  ]
  const rate = decay.kind === 'none' ? '0' : python(decay.rate)
  const apart = rateFactors.size > 0 || decaying !== null
  const built = [
    ...(rateFactors.size === 0 ? [] : ['self.rate_factors = [RATE_FACTORS.get(each.path.split("/")[0], 1) for each in variables]']),
    ...(decaying === null ? [] : ['self.decaying = [each.path.split("/")[0] + "/" + each.name in DECAYING for each in variables]']),
  ]
  const step = [
    ...(apart ? ['index = self._get_variable_index(variable)'] : []),
    ...(rateFactors.size === 0 ? [] : ['learning_rate = learning_rate * self.rate_factors[index]']),
    ...(decaying === null ? [] : ['if self.decaying[index]:', decay.kind === 'coupled' ? `    gradient = gradient + ${rate} * variable` : `    variable.assign(variable * (1 - ${rate} * learning_rate))`]),
  ]
  const apply = [
    ...(changesGradients ? ['variables = self._trainable_variables if trainable_variables is None else trainable_variables'] : []),
    ...(addsNorms ? ['self.norms.assign_add(ops.sqrt(sum(ops.sum(ops.square(each)) for each in grads)))'] : []),
    `super().apply(${changesGradients ? `change_gradients(grads, variables, self.iterations${addsNoise ? ', self.noise' : ''})` : 'grads'}, trainable_variables)`,
  ]
  const methods = [
    ...(addsNorms || addsNoise ? [beginning([...(addsNorms ? [numberLine('norms')] : []), ...(addsNoise ? ['self.noise = keras.random.SeedGenerator(SEED)', 'self._track_variable(self.noise.state)'] : [])])] : []),
    ...(built.length === 0 ? [] : [['def build(self, variables):', '    if self.built:', '        return', '    super().build(variables)', ...built.map((line) => indent(line))]]),
    ...(apply.length === 1 ? [] : [['def apply(self, grads, trainable_variables=None):', ...apply.map((line) => indent(line))]]),
    ...(step.length === 0 ? [] : [['def update_step(self, gradient, variable, learning_rate):', ...step.map((line) => indent(line)), '    super().update_step(gradient, variable, learning_rate)']]),
  ]
  return `${settings.length === 0 ? '' : `${settings.join('\n')}\n\n\n`}class ${TAILORED}(${base}):
    """${base.replace('keras.optimizers.', '')} that ${does.join(', and ')}."""

${methods.map((lines) => indent(lines.join('\n'))).join('\n\n')}`
}

function nativeOf({ definition }: ResolvedOptimizer, form: RuleForm): { readonly name: string; readonly options: Readonly<Record<string, PythonValue>> } | null {
  switch (form.family) {
    case 'plain':
      return { name: 'SGD', options: {} }
    case 'momentum':
      return form.kind === 'keras' && !form.ahead ? { name: 'SGD', options: { momentum: form.momentum, nesterov: form.nesterov } } : null
    case 'adagrad':
      if (!form.inside || form.learningRateDecay !== 0) return null
      return { name: 'Adagrad', options: { initial_accumulator_value: form.initialAccumulator, epsilon: form.epsilon } }
    case 'rmsprop':
      if (!form.inside || (form.momentum > 0 && !form.rateInBuffer)) return null
      return { name: 'RMSprop', options: { rho: form.rho, momentum: form.momentum, epsilon: form.epsilon, centered: form.centered } }
    case 'adam':
      if (form.placement !== 'hat') return null
      return { name: definition.type === 'adamw' ? 'AdamW' : 'Adam', options: { beta_1: form.beta1, beta_2: form.beta2, epsilon: form.epsilon, amsgrad: form.amsgrad } }
    case 'adadelta':
      return { name: 'Adadelta', options: { rho: form.rho, epsilon: form.epsilon } }
    case 'adamax':
      return form.inside ? null : { name: 'Adamax', options: { beta_1: form.beta1, beta_2: form.beta2, epsilon: form.epsilon } }
    case 'nadam':
      return form.momentumDecay === 1 ? { name: 'Nadam', options: { beta_1: form.beta1, beta_2: form.beta2, epsilon: form.epsilon } } : null
    case 'radam':
      return null
    case 'lion':
      return { name: 'Lion', options: { beta_1: form.beta1, beta_2: form.beta2 } }
  }
}

function ruleClass(form: RuleForm, cycled: boolean): string {
  const { title, slots, statements } = ruleCode(form, { xp: 'ops', smaller: 'ops.minimum', momentum: cycled ? 'mu' : null })
  const made = slots.map(({ name, initial, single }) =>
    single === true
      ? `self.${name} = [self.add_variable(shape=(), initializer=${constant(initial)}, name="${name}") for _ in variables]`
      : `self.${name} = [self.add_variable_from_reference(each, "${name}", initializer=${constant(initial)}) for each in variables]`,
  )
  const read = [...slots.map(({ name }) => `${name} = ops.convert_to_tensor(self.${name}[index])`), ...(cycled ? ['mu = ops.cast(self.momentum, variable.dtype)'] : [])]
  const written = slots.map(({ name }) => `self.assign(self.${name}[index], ${name})`)
  const ahead = form.family === 'momentum' && form.ahead ? (cycled ? 'self.momentum' : python(form.momentum)) : null
  const reason = cycled ? 'Keras’s own has a momentum that cannot move.' : "Keras's own optimizer of this name follows another rule."
  return `class ${RULE}(keras.optimizers.Optimizer):
    """${title} ${reason}"""
${cycled ? `\n${indent(beginning([numberLine('momentum')]).join('\n'))}\n` : ''}
    def build(self, variables):
        if self.built:
            return
        super().build(variables)
${indent(made.length === 0 ? 'pass' : made.join('\n'), 2)}
${ahead === null ? '' : `
    def look_ahead(self, variables):
        """Moves the weights to where momentum is about to carry them."""
        self.build(variables)
        for variable, m in zip(variables, self.m):
            variable.assign_add(${ahead} * m)

    def apply(self, grads, trainable_variables=None):
        for variable, m in zip(self._trainable_variables, self.m):
            variable.assign_sub(${ahead} * m)
        super().apply(grads, trainable_variables)
`}
    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        w, g = ops.convert_to_tensor(variable), ops.cast(gradient, variable.dtype)
        lr, t = ops.cast(learning_rate, variable.dtype), ops.cast(self.iterations + 1, variable.dtype)
${indent([...read, ...statements, ...written, 'self.assign(variable, w)'].join('\n'), 2)}`
}

function constant(value: number): string {
  return value === 0 ? '"zeros"' : value === 1 ? '"ones"' : `keras.initializers.Constant(${python(value)})`
}
