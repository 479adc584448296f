import { apply } from '../define'
import { GRADIENT_RULES } from '../recurrent/rules'
import type { OpDefinition, Tensor } from '../types'

export type CustomGradientAttrs = { readonly rule: string; readonly variables: number }

/**
 * A value together with a rule for its derivative that is cheaper than what differentiation would find: recurrences
 * computed step by step, whose gradients are a few products over all steps. The rule gives tensors, built of the
 * intermediate values, so that it can be differentiated again.
 */
export const customGradientOp: OpDefinition<CustomGradientAttrs> = {
  name: 'customGradient',
  doc: 'The first operand; its gradient flows by a named rule to the `variables` operands that follow; the others are intermediate values for the rule.',
  infer: ([{ dtype, shape }]) => ({ dtype, shape }),
  gradient(node, dy) {
    const [, ...others] = node.inputs
    const { rule, variables } = node.attrs
    const found = GRADIENT_RULES.get(rule)
    if (found === undefined) throw new Error(`no gradient rule ${rule}`)
    const gradients = found(node.inputs[0], others.slice(0, variables), others.slice(variables), dy)
    return [null, ...others.map((_, at) => gradients[at] ?? null)]
  },
  evaluate: ([value]) => value.data,
}

/** `value`, differentiated with respect to `variables` by the rule of that name. */
export function customGradient(rule: string, value: Tensor, variables: readonly Tensor[], aids: readonly Tensor[]): Tensor {
  return apply(customGradientOp, [value, ...variables, ...aids], { rule, variables: variables.length })
}
