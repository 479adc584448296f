import { sameShape } from './define'
import { constantOp, inputOp } from './leaves'
import type { ConstantAttrs, InputAttrs } from './leaves'
import { OPS } from './ops'
import { reachable } from './reachable'
import type { Tensor, Values } from './types'

/**
 * The reference interpreter: values of `outputs` in float64 (int32 exact, bool as 0/1), given the inputs by name.
 * Engines compute the same in float32. Throws where a fed value is missing or of another shape.
 */
export function evaluateGraph(outputs: readonly Tensor[], feeds: ReadonlyMap<string, Values>): Values[] {
  return prepareEvaluation(outputs)(feeds)
}

/** {@link evaluateGraph} for many feeds: what has to be computed, and in which order, is found once. */
export function prepareEvaluation(outputs: readonly Tensor[]): (feeds: ReadonlyMap<string, Values>) => Values[] {
  const order = reachable(outputs)
  const places = new Map(order.map((tensor, place) => [tensor, place]))
  const placeOf = (tensor: Tensor): number => {
    const place = places.get(tensor)
    if (place === undefined) throw new Error(`evaluateGraph: ${tensor.op} used before it was made`)
    return place
  }
  const operands = order.map(({ inputs }) => inputs.map(placeOf))
  const results = outputs.map(placeOf)
  return (feeds) => {
    const values: Values[] = []
    order.forEach((tensor, place) => values.push(evaluateTensor(tensor, operands[place].map((operand) => values[operand]), feeds)))
    return results.map((place) => values[place])
  }
}

function evaluateTensor(tensor: Tensor, inputs: readonly Values[], feeds: ReadonlyMap<string, Values>): Values {
  if (tensor.op === inputOp.name) return fedValue(tensor, feeds)
  if (tensor.op === constantOp.name) return { shape: tensor.shape, data: constantOp.evaluate([], tensor.attrs as ConstantAttrs, tensor) }
  const definition = OPS.get(tensor.op)
  if (!definition) throw new Error(`evaluateGraph: ${tensor.op} is not of the op set`)
  return { shape: tensor.shape, data: definition.evaluate(inputs, tensor.attrs, tensor) }
}

function fedValue(tensor: Tensor, feeds: ReadonlyMap<string, Values>): Values {
  const { name } = tensor.attrs as InputAttrs
  const value = feeds.get(name)
  if (!value) throw new Error(`evaluateGraph: input ${name} is not fed`)
  if (!sameShape(value.shape, tensor.shape)) {
    throw new Error(`evaluateGraph: input ${name} is [${tensor.shape.join(', ')}], fed [${value.shape.join(', ')}]`)
  }
  return value
}
