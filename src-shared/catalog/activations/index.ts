import { choiceSchema } from '../choice'
import { registry } from '../definition'
import type { ActivationDefinition } from './activation'
import { elu } from './elu'
import { gelu } from './gelu'
import { leakyRelu } from './leaky-relu'
import { linear } from './linear'
import { relu } from './relu'
import { selu } from './selu'
import { sigmoid } from './sigmoid'
import { silu } from './silu'
import { softmax } from './softmax'
import { softplus } from './softplus'
import { tanh } from './tanh'

export type { ActivationDefinition } from './activation'

export const activations: readonly ActivationDefinition[] = [linear, relu, leakyRelu, elu, selu, gelu, silu, softplus, sigmoid, tanh, softmax]

export const activationRegistry = registry(activations)

/** `"relu"`, or `{ "type": "leakyRelu", "negativeSlope": 0.1 }`. */
export const activationSchema = choiceSchema(activations)
