import { call, indent, python, type Code, type PythonValue } from '../python/literal'
import type { DecayForm } from './decay'
import type { RuleForm } from './form'
import type { OptimizerCode } from './keras'
import { ruleCode } from './rules'

export interface PytorchOptimizerCode extends OptimizerCode {
  /** λ where the training loop itself has to shrink the kernels before each update; 0 where the optimizer does. */
  readonly shrink: number
  /** λ of the kernels' parameter group. */
  readonly groupDecay: number
}

const RULE = 'UpdateRule'

/** `parameters`: the name that holds them, `rate` the base learning rate's. */
export function pytorchOptimizer(form: RuleForm, decay: DecayForm, parameters: Code, rate: PythonValue): PytorchOptimizerCode {
  const native = nativeOf(form, decay)
  const own = native !== null && native.name === 'AdamW'
  const groupDecay = decay.kind === 'coupled' || (decay.kind === 'decoupled' && own) ? decay.rate : 0
  const shrink = decay.kind === 'decoupled' && !own ? decay.rate : 0
  if (native === null) return { definition: ruleClass(form, groupDecay !== 0), construction: call(RULE, [parameters], { lr: rate }), shrink, groupDecay }
  // It decays by default; the groups say what does.
  const extra: Record<string, PythonValue> = own ? { weight_decay: 0 } : {}
  return { definition: '', construction: call(`torch.optim.${native.name}`, [parameters], { lr: rate, ...native.options, ...extra }), shrink, groupDecay }
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

function ruleClass(form: RuleForm, decays: boolean): string {
  const { title, slots, statements } = ruleCode(form, { xp: 'torch', smaller: 'min' })
  const made = slots.map(({ name, initial, single }) => `${name}=${single === true ? python(initial) : `torch.full_like(w, ${python(initial)})`}`)
  const read = slots.map(({ name }) => `${name} = state["${name}"]`)
  const kept = slots.map(({ name }) => `${name}=${name}`)
  return `class ${RULE}(torch.optim.Optimizer):
    """${title} PyTorch's own optimizer of this name, where it has one, follows another rule."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr, "weight_decay": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr = group["lr"]
            for w in group["params"]:
                if w.grad is None:
                    continue
                g, state, weight = w.grad, self.state[w], w
                if len(state) == 0:
                    state.update(${['t=0', ...made].join(', ')})
                state["t"] += 1
                t = state["t"]
${indent([...(decays ? ['g = g + group["weight_decay"] * w'] : []), ...read, ...statements, ...(kept.length === 0 ? [] : [`state.update(${kept.join(', ')})`]), 'weight.copy_(w)'].join('\n'), 4)}`
}
