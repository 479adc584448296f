import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import { call, indent, python, type PythonValue } from '../python/literal'
import type { DecayForm } from './decay'
import type { RuleForm } from './form'
import { ruleCode } from './rules'

/** A class, where Keras has no optimizer of this rule, and what makes one. */
export interface OptimizerCode {
  readonly definition: string
  readonly construction: string
}

export const KERAS_RULE = 'UpdateRule'

/** `common`: arguments that all of Keras's optimizers take, the learning rate among them. */
export function kerasOptimizer(optimizer: ResolvedOptimizer, form: RuleForm, decay: DecayForm, common: Readonly<Record<string, PythonValue>>): OptimizerCode {
  const weightDecay: Record<string, PythonValue> = decay.kind === 'decoupled' ? { weight_decay: decay.rate } : {}
  const native = nativeOf(optimizer, form)
  if (native === null) return { definition: ruleClass(form), construction: call(KERAS_RULE, [], { ...common, ...weightDecay }) }
  // AdamW's own default is a decay.
  const extra = native.name === 'AdamW' ? { weight_decay: 0, ...weightDecay } : weightDecay
  return { definition: '', construction: call(`keras.optimizers.${native.name}`, [], { ...common, ...native.options, ...extra }) }
}

function nativeOf({ definition }: ResolvedOptimizer, form: RuleForm): { readonly name: string; readonly options: Readonly<Record<string, PythonValue>> } | null {
  switch (form.family) {
    case 'plain':
      return { name: 'SGD', options: {} }
    case 'momentum':
      return form.kind === 'keras' ? { name: 'SGD', options: { momentum: form.momentum, nesterov: form.nesterov } } : null
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

function ruleClass(form: RuleForm): string {
  const { title, slots, statements } = ruleCode(form, { xp: 'ops', smaller: 'ops.minimum' })
  const made = slots.map(({ name, initial, single }) =>
    single === true
      ? `self.${name} = [self.add_variable(shape=(), initializer=${constant(initial)}, name="${name}") for _ in variables]`
      : `self.${name} = [self.add_variable_from_reference(each, "${name}", initializer=${constant(initial)}) for each in variables]`,
  )
  const read = slots.map(({ name }) => `${name} = ops.convert_to_tensor(self.${name}[index])`)
  const written = slots.map(({ name }) => `self.assign(self.${name}[index], ${name})`)
  return `class ${KERAS_RULE}(keras.optimizers.Optimizer):
    """${title} Keras's own optimizer of this name follows another rule."""

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
${indent(made.length === 0 ? 'pass' : made.join('\n'), 2)}

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        w, g = ops.convert_to_tensor(variable), ops.cast(gradient, variable.dtype)
        lr, t = ops.cast(learning_rate, variable.dtype), ops.cast(self.iterations + 1, variable.dtype)
${indent([...read, ...statements, ...written, 'self.assign(variable, w)'].join('\n'), 2)}`
}

function constant(value: number): string {
  return value === 0 ? '"zeros"' : value === 1 ? '"ones"' : `keras.initializers.Constant(${python(value)})`
}
