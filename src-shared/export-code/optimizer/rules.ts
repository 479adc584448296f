import { rectification } from '@shared/catalog/optimizers/radam'
import { python } from '../python/literal'
import type { RuleForm } from './form'

/** State beside each weight, of its shape unless it is one number. */
export interface RuleSlot {
  readonly name: string
  readonly initial: number
  readonly single?: boolean
}

/** An update in Python, for frameworks whose own optimizers follow another rule. */
export interface RuleCode {
  readonly title: string
  readonly slots: readonly RuleSlot[]
  /** Statements over `w`, `g`, `lr`, `t` (number of this update, from 1) and the slots; `xp` is the framework's math. */
  readonly statements: readonly string[]
}

/** What the framework calls its math. */
export interface MathNames {
  readonly xp: string
  /** The smaller of two numbers of one step. */
  readonly smaller: string
  /** Variable that holds the momentum (or β₁) of this update where a schedule moves it; null: the form's own. */
  readonly momentum: string | null
}

export function ruleCode(form: RuleForm, names: MathNames): RuleCode {
  const { xp } = names
  switch (form.family) {
    case 'plain':
      return { title: 'Gradient descent.', slots: [], statements: ['w = w - lr * g'] }
    case 'momentum':
      return momentum(form, names)
    case 'adagrad':
      return {
        title: `Adagrad with epsilon ${form.inside ? 'inside' : 'outside'} the root.`,
        slots: [{ name: 'a', initial: form.initialAccumulator }],
        statements: [
          'a = a + g * g',
          ...(form.learningRateDecay === 0 ? [] : [`lr = lr / (1 + (t - 1) * ${python(form.learningRateDecay)})`]),
          `w = w - lr * g / ${divisor(xp, 'a', form.epsilon, form.inside)}`,
        ],
      }
    case 'rmsprop':
      return rmsprop(form, xp)
    case 'adam':
      return adam(form, names)
    case 'adadelta':
      return {
        title: 'Adadelta.',
        slots: [{ name: 'v', initial: 0 }, { name: 'd', initial: 0 }],
        statements: [
          `v = ${average('v', 'g * g', form.rho)}`,
          `change = g * ${xp}.sqrt(d + ${python(form.epsilon)}) / ${xp}.sqrt(v + ${python(form.epsilon)})`,
          `d = ${average('d', 'change * change', form.rho)}`,
          'w = w - lr * change',
        ],
      }
    case 'adamax':
      return {
        title: `Adamax with epsilon ${form.inside ? 'beside the gradient' : 'beside the divisor'}.`,
        slots: [{ name: 'm', initial: 0 }, { name: 'u', initial: 0 }],
        statements: [
          `m = ${average('m', 'g', names.momentum ?? form.beta1)}`,
          `u = ${xp}.maximum(${python(form.beta2)} * u, ${xp}.abs(g)${form.inside ? ` + ${python(form.epsilon)}` : ''})`,
          `w = w - lr / (1 - ${names.momentum ?? python(form.beta1)} ** t) * m / ${form.inside ? 'u' : `(u + ${python(form.epsilon)})`}`,
        ],
      }
    case 'nadam':
      return {
        title: `Nadam whose momentum warms up as fast as ${python(form.momentumDecay)} says.`,
        slots: [{ name: 'm', initial: 0 }, { name: 'v', initial: 0 }, { name: 'product', initial: 1, single: true }],
        statements: [
          `now = ${python(form.beta1)} * (1 - 0.5 * 0.96 ** (t * ${python(form.momentumDecay)}))`,
          `after = ${python(form.beta1)} * (1 - 0.5 * 0.96 ** ((t + 1) * ${python(form.momentumDecay)}))`,
          'product = product * now',
          `m = ${average('m', 'g', form.beta1)}`,
          `v = ${average('v', 'g * g', form.beta2)}`,
          'm_hat = after * m / (1 - product * after) + (1 - now) * g / (1 - product)',
          `v_hat = v / (1 - ${python(form.beta2)} ** t)`,
          `w = w - lr * m_hat / (${xp}.sqrt(v_hat) + ${python(form.epsilon)})`,
        ],
      }
    case 'radam':
      return radam(form, names)
    case 'lion':
      return {
        title: 'Lion.',
        slots: [{ name: 'm', initial: 0 }],
        statements: [`w = w - lr * ${xp}.sign(${average('m', 'g', form.beta1)})`, `m = ${average('m', 'g', form.beta2)}`],
      }
  }
}

function momentum({ kind, momentum: mu, nesterov, dampening, ahead }: Extract<RuleForm, { family: 'momentum' }>, { smaller, momentum: cycled }: MathNames): RuleCode {
  const share = cycled ?? python(mu)
  const slots = [{ name: 'm', initial: 0 }]
  if (kind === 'keras') {
    const step = nesterov ? `w + ${share} * m - lr * g` : 'w + m'
    const title = ahead ? 'Nesterov momentum with the gradient of the point ahead.' : 'Momentum whose buffer holds finished steps, learning rate included.'
    return { title, slots, statements: [`m = ${share} * m - lr * g`, `w = ${step}`] }
  }
  if (kind === 'average') return { title: 'Momentum as the running mean of gradients.', slots, statements: [`m = ${average('m', 'g', cycled ?? mu)}`, 'w = w - lr * m'] }
  // The first gradient enters whole.
  const gain = dampening === 0 ? 'g' : `(1 - ${python(dampening)} * ${smaller}(t - 1, 1)) * g`
  return { title: 'Momentum whose buffer holds gradients.', slots, statements: [`m = ${share} * m + ${gain}`, `w = w - lr * ${nesterov ? `(g + ${share} * m)` : 'm'}`] }
}

function rmsprop({ rho, epsilon, inside, centered, momentum: mu, rateInBuffer }: Extract<RuleForm, { family: 'rmsprop' }>, xp: string): RuleCode {
  const slots: RuleSlot[] = [{ name: 'v', initial: 0 }]
  const statements = [`v = ${average('v', 'g * g', rho)}`]
  if (centered) {
    slots.push({ name: 'mean', initial: 0 })
    statements.push(`mean = ${average('mean', 'g', rho)}`)
  }
  const direction = `g / ${divisor(xp, centered ? `${xp}.maximum(v - mean * mean, 0 * v)` : 'v', epsilon, inside)}`
  if (mu === 0) statements.push(`w = w - lr * ${direction}`)
  else {
    slots.push({ name: 'm', initial: 0 })
    statements.push(`m = ${python(mu)} * m + ${rateInBuffer ? 'lr * ' : ''}${direction}`, `w = w - ${rateInBuffer ? 'm' : 'lr * m'}`)
  }
  return { title: `RMSprop with epsilon ${inside ? 'inside' : 'outside'} the root${mu === 0 ? '' : rateInBuffer ? '; the buffer holds finished steps' : '; the buffer holds directions'}.`, slots, statements }
}

function adam({ beta1, beta2, epsilon, placement, amsgrad }: Extract<RuleForm, { family: 'adam' }>, { xp, momentum: cycled }: MathNames): RuleCode {
  const slots: RuleSlot[] = [{ name: 'm', initial: 0 }, { name: 'v', initial: 0 }]
  const statements = [`m = ${average('m', 'g', cycled ?? beta1)}`, `v = ${average('v', 'g * g', beta2)}`]
  if (amsgrad) {
    slots.push({ name: 'v_max', initial: 0 })
    statements.push(`v_max = ${xp}.maximum(v_max, v)`)
  }
  const square = amsgrad ? 'v_max' : 'v'
  const corrections = [`1 - ${cycled ?? python(beta1)} ** t`, `1 - ${python(beta2)} ** t`]
  if (placement === 'hat') statements.push(`w = w - lr * (${corrections[1]}) ** 0.5 / (${corrections[0]}) * m / (${xp}.sqrt(${square}) + ${python(epsilon)})`)
  else statements.push(`m_hat = m / (${corrections[0]})`, `v_hat = ${square} / (${corrections[1]})`, `w = w - lr * m_hat / ${divisor(xp, 'v_hat', epsilon, placement === 'inside')}`)
  const where = { hat: 'joins the root before the bias correction', outside: 'outside the root', inside: 'inside the root' }[placement]
  return { title: `Adam with epsilon ${where.startsWith('joins') ? 'that ' : ''}${where}.`, slots, statements }
}

function radam({ beta1, beta2, epsilon, threshold }: Extract<RuleForm, { family: 'radam' }>, { xp, smaller, momentum: cycled }: MathNames): RuleCode {
  const [first, second, most] = [cycled ?? python(beta1), python(beta2), 2 / (1 - beta2) - 1]
  const moments = [`m = ${average('m', 'g', cycled ?? beta1)}`, `v = ${average('v', 'g * g', beta2)}`]
  const plain = `lr * m / (1 - ${first} ** t)`
  const slots: RuleSlot[] = [{ name: 'm', initial: 0 }, { name: 'v', initial: 0 }]
  const title = `RAdam that trusts the variance where its length is above ${python(threshold)}.`
  // The length grows with t: it never gets there, or does so after a known number of updates.
  if (most <= threshold) return { title, slots, statements: [...moments, `w = w - ${plain}`] }
  let before = 0
  while (rectification(beta2, before + 1, threshold) === null) before++
  return {
    title,
    slots,
    statements: [
      ...moments,
      `rho = ${python(most)} - 2 * t * ${second} ** t / (1 - ${second} ** t)`,
      `rectified = abs((rho - 4) * (rho - 2) * ${python(most)} / (${python((most - 4) * (most - 2))} * rho)) ** 0.5`,
      `trusted = ${smaller}(t - ${python(before)} - ${smaller}(t - ${python(before)}, 0), 1)`,
      `w = w - ${plain} * (trusted * rectified * (1 - ${second} ** t) ** 0.5 / (${xp}.sqrt(v) + ${python(epsilon)}) + 1 - trusted)`,
    ],
  }
}

/** `share`: a number, or the variable that holds it. */
function average(kept: string, fresh: string, share: number | string): string {
  const text = typeof share === 'string' ? share : python(share)
  return `${text} * ${kept} + (1 - ${text}) * ${fresh}`
}

function divisor(xp: string, square: string, epsilon: number, inside: boolean): string {
  return inside ? `${xp}.sqrt(${square} + ${python(epsilon)})` : `(${xp}.sqrt(${square}) + ${python(epsilon)})`
}
