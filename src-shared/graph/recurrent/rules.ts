import { gruGradient, gruResetBeforeGradient } from './gru'
import { lstmGradient } from './lstm'
import { simpleRnnGradient, simpleRnnReluGradient } from './simple-rnn'
import type { GradientRule } from './steps'

/** By the name that a `customGradient` carries. */
export const GRADIENT_RULES: ReadonlyMap<string, GradientRule> = new Map([
  ['lstm', lstmGradient],
  ['gru', gruGradient],
  ['gruResetBefore', gruResetBeforeGradient],
  ['simpleRnn', simpleRnnGradient],
  ['simpleRnnRelu', simpleRnnReluGradient],
])
