import { call, indent, python, type Code, type PythonValue } from '../python/literal'
import type { DecayForm } from './decay'
import type { RuleForm } from './form'
import type { OptimizerCode } from './keras'
import { ruleCode } from './rules'

export interface PytorchOptimizerCode extends OptimizerCode {
  /** λ of what decays; 0 where nothing does. */
  readonly decay: number
  /** Whether the optimizer shrinks what decays by itself (`weight_decay` of its groups), or the training loop before each update. */
  readonly decaysItself: boolean
  /** Whether the gradient is taken where `look_ahead(1)` puts the weights, and `look_ahead(-1)` puts them back. */
  readonly looksAhead: boolean
  /** Sets the momentum of `group` to `mu`; null where none is cycled. */
  readonly cycle: string | null
}

const RULE = 'UpdateRule'

/** `parameters`: the name that holds them, `rate` the base learning rate's; `cycled`: a schedule moves the momentum. */
export function pytorchOptimizer(form: RuleForm, decay: DecayForm, { parameters, rate, cycled }: { readonly parameters: Code; readonly rate: PythonValue; readonly cycled: boolean }): PytorchOptimizerCode {
  const native = nativeOf(form, decay)
  const own = native !== null && native.name === 'AdamW'
  const common = { decay: decay.kind === 'none' ? 0 : decay.rate, decaysItself: decay.kind === 'coupled' || own, looksAhead: form.family === 'momentum' && form.ahead }
  if (native === null) return { ...common, definition: ruleClass(form, { decays: decay.kind === 'coupled', cycled }), construction: call(RULE, [parameters], { lr: rate }), cycle: cycled ? 'group["momentum"] = mu' : null }
  // It decays by default; the groups say what does.
  const extra: Record<string, PythonValue> = own ? { weight_decay: 0 } : {}
  const cycle = 'beta2' in form ? `group["betas"] = (mu, ${python(form.beta2)})` : 'group["momentum"] = mu'
  return { ...common, definition: '', construction: call(`torch.optim.${native.name}`, [parameters], { lr: rate, ...native.options, ...extra }), cycle: cycled ? cycle : null }
}

function nativeOf(form: RuleForm, decay: DecayForm): { readonly name: string; readonly options: Readonly<Record<string, PythonValue>> } | null {
  switch (form.family) {
    case 'plain':
      return { name: 'SGD', options: {} }
    case 'momentum':
      if (form.kind !== 'pytorch') return null
      return { name: 'SGD', options: { momentum: form.momentum, ...(form.dampening === 0 ? {} : { dampening: form.dampening }), ...(form.nesterov ? { nesterov: true } : {}) } }
    case 'adagrad':
      if (form.inside) return null
      return { name: 'Adagrad', options: { lr_decay: form.learningRateDecay, initial_accumulator_value: form.initialAccumulator, eps: form.epsilon } }
    case 'rmsprop':
      if (form.inside || (form.momentum > 0 && form.rateInBuffer)) return null
      return { name: 'RMSprop', options: { alpha: form.rho, eps: form.epsilon, momentum: form.momentum, centered: form.centered } }
    case 'adam':
      if (form.placement !== 'outside') return null
      return { name: decay.kind === 'decoupled' ? 'AdamW' : 'Adam', options: { betas: [form.beta1, form.beta2], eps: form.epsilon, amsgrad: form.amsgrad } }
    case 'adadelta':
      return { name: 'Adadelta', options: { rho: form.rho, eps: form.epsilon } }
    case 'adamax':
      return form.inside ? { name: 'Adamax', options: { betas: [form.beta1, form.beta2], eps: form.epsilon } } : null
    case 'nadam':
      return { name: 'NAdam', options: { betas: [form.beta1, form.beta2], eps: form.epsilon, momentum_decay: form.momentumDecay } }
    case 'radam':
      return form.threshold === 5 ? { name: 'RAdam', options: { betas: [form.beta1, form.beta2], eps: form.epsilon } } : null
    case 'lion':
      return null
  }
}

function ruleClass(form: RuleForm, { decays, cycled }: { readonly decays: boolean; readonly cycled: boolean }): string {
  const { title, slots, statements } = ruleCode(form, { xp: 'torch', smaller: 'min', momentum: cycled ? 'mu' : null })
  const made = slots.map(({ name, initial, single }) => `${name}=${single === true ? python(initial) : `torch.full_like(w, ${python(initial)})`}`)
  const read = slots.map(({ name }) => `${name} = state["${name}"]`)
  const kept = slots.map(({ name }) => `${name}=${name}`)
  return `class ${RULE}(torch.optim.Optimizer):
    """${title} PyTorch's own optimizer of this name, where it has one, follows another rule."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr, "weight_decay": 0${cycled ? ', "momentum": 0' : ''}})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr = group["lr"]${cycled ? '\n            mu = group["momentum"]' : ''}
            for w in group["params"]:
                if w.grad is None:
                    continue
                g, state, weight = w.grad, self.state[w], w
                if len(state) == 0:
                    state.update(${['t=0', ...made].join(', ')})
                state["t"] += 1
                t = state["t"]
${indent([...(decays ? ['g = g + group["weight_decay"] * w'] : []), ...read, ...statements, ...(kept.length === 0 ? [] : [`state.update(${kept.join(', ')})`]), 'weight.copy_(w)'].join('\n'), 4)}${form.family === 'momentum' && form.ahead ? `

    @torch.no_grad()
    def look_ahead(self, direction):
        """Moves the weights to where momentum is about to carry them, or back."""
        for group in self.param_groups:
            for w in group["params"]:
                if w in self.state:
                    w.add_(self.state[w]["m"], alpha=direction * ${cycled ? 'group["momentum"]' : python(form.momentum)})` : ''}`
}
