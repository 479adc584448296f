/** The closed op set: everything that layers, losses and optimizers lower to, and all that an engine implements. */
import type { OpDefinition } from '../types'
import { negOp } from './neg'
import { absOp } from './abs'
import { signOp } from './sign'
import { expOp } from './exp'
import { logOp } from './log'
import { sqrtOp } from './sqrt'
import { floorOp } from './floor'
import { sinOp } from './sin'
import { cosOp } from './cos'
import { tanhOp } from './tanh'
import { sigmoidOp } from './sigmoid'
import { reluOp } from './relu'
import { softplusOp } from './softplus'
import { erfOp } from './erf'
import { stopGradientOp } from './stop-gradient'
import { customGradientOp } from './custom-gradient'
import { addOp } from './add'
import { subOp } from './sub'
import { mulOp } from './mul'
import { divOp } from './div'
import { powOp } from './pow'
import { maximumOp } from './maximum'
import { minimumOp } from './minimum'
import { greaterOp } from './greater'
import { greaterEqualOp } from './greater-equal'
import { equalOp } from './equal'
import { logicalAndOp } from './logical-and'
import { logicalNotOp } from './logical-not'
import { whereOp } from './where'
import { castOp } from './cast'
import { matmulOp } from './matmul'
import { conv2dOp } from './conv2d'
import { conv2dInputGradientOp } from './conv2d-input-gradient'
import { conv2dFilterGradientOp } from './conv2d-filter-gradient'
import { maxPool2dOp } from './max-pool2d'
import { maxPool2dGradientOp } from './max-pool2d-gradient'
import { maxPool2dPickOp } from './max-pool2d-pick'
import { avgPool2dOp } from './avg-pool2d'
import { avgPool2dGradientOp } from './avg-pool2d-gradient'
import { reduceSumOp } from './reduce-sum'
import { reduceMaxOp } from './reduce-max'
import { argMaxOp } from './arg-max'
import { softmaxOp } from './softmax'
import { logSoftmaxOp } from './log-softmax'
import { reshapeOp } from './reshape'
import { transposeOp } from './transpose'
import { sliceOp } from './slice'
import { concatOp } from './concat'
import { padOp } from './pad'
import { broadcastToOp } from './broadcast-to'
import { reverseOp } from './reverse'
import { gatherOp } from './gather'
import { scatterAddOp } from './scatter-add'
import { oneHotOp } from './one-hot'
import { randomBitsOp } from './random-bits'
import { scanOp } from './scan'
import { scanOutputOp } from './scan-output'

export * from './neg'
export * from './abs'
export * from './sign'
export * from './exp'
export * from './log'
export * from './sqrt'
export * from './floor'
export * from './sin'
export * from './cos'
export * from './tanh'
export * from './sigmoid'
export * from './relu'
export * from './softplus'
export * from './erf'
export * from './stop-gradient'
export * from './add'
export * from './sub'
export * from './mul'
export * from './div'
export * from './pow'
export * from './maximum'
export * from './minimum'
export * from './greater'
export * from './greater-equal'
export * from './equal'
export * from './logical-and'
export * from './logical-not'
export * from './where'
export * from './cast'
export * from './matmul'
export * from './conv2d'
export * from './conv2d-input-gradient'
export * from './conv2d-filter-gradient'
export * from './max-pool2d'
export * from './max-pool2d-gradient'
export * from './max-pool2d-pick'
export * from './avg-pool2d'
export * from './avg-pool2d-gradient'
export * from './reduce-sum'
export * from './reduce-max'
export * from './arg-max'
export * from './softmax'
export * from './log-softmax'
export * from './reshape'
export * from './transpose'
export * from './slice'
export * from './concat'
export * from './pad'
export * from './broadcast-to'
export * from './reverse'
export * from './gather'
export * from './scatter-add'
export * from './one-hot'
export * from './random-bits'
export * from './scan'
export * from './scan-output'
export type { ConvOptions } from './conv'
export type { AvgPoolAttrs, PoolAttrs } from './pool'
export type { ReduceAttrs, ReduceOptions } from './reduce'
export type { NoAttrs } from './unary'
export type { WindowAttrs } from './window'

const definitions = [
  negOp,
  absOp,
  signOp,
  expOp,
  logOp,
  sqrtOp,
  floorOp,
  sinOp,
  cosOp,
  tanhOp,
  sigmoidOp,
  reluOp,
  softplusOp,
  erfOp,
  stopGradientOp,
  customGradientOp,
  addOp,
  subOp,
  mulOp,
  divOp,
  powOp,
  maximumOp,
  minimumOp,
  greaterOp,
  greaterEqualOp,
  equalOp,
  logicalAndOp,
  logicalNotOp,
  whereOp,
  castOp,
  matmulOp,
  conv2dOp,
  conv2dInputGradientOp,
  conv2dFilterGradientOp,
  maxPool2dOp,
  maxPool2dGradientOp,
  maxPool2dPickOp,
  avgPool2dOp,
  avgPool2dGradientOp,
  reduceSumOp,
  reduceMaxOp,
  argMaxOp,
  softmaxOp,
  logSoftmaxOp,
  reshapeOp,
  transposeOp,
  sliceOp,
  concatOp,
  padOp,
  broadcastToOp,
  reverseOp,
  gatherOp,
  scatterAddOp,
  oneHotOp,
  randomBitsOp,
  scanOp,
  scanOutputOp,
] as const

/** Every op by its name. Attributes are checked where an op is appended, so that the table may forget their types. */
export const OPS: ReadonlyMap<string, OpDefinition> = new Map(definitions.map((op) => [op.name, op as unknown as OpDefinition]))
