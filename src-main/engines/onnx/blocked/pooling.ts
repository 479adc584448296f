import { maxima, maxPoolGradient } from '../forms/max-pool-gradient'
import { areDisjoint, poolWindow, spread } from '../forms/pool-window'
import { averageAttributes, evenShare } from '../forms/pooling'
import { blocked } from '../lowerings/emitter'
import type { BlockedForm } from '../lowerings/lowering'

const maxPool: BlockedForm = {
  op: 'maxPool2d',
  emit(emitter, node) {
    const [x] = node.inputs
    return emitter.commonLayout([x]) === 'blocked' ? blocked(maxima(emitter, x, poolWindow(node), 'blocked')) : null
  },
}

const maxPoolGradientForm: BlockedForm = {
  op: 'maxPool2dGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    const window = poolWindow(node)
    if (emitter.commonLayout([x, dy]) === 'plain' || !areDisjoint(window)) return null
    return blocked(maxPoolGradient(emitter, x, emitter.blocked(dy), dy.shape, window, 'blocked'))
  },
}

const avgPool: BlockedForm = {
  op: 'avgPool2d',
  emit(emitter, node) {
    const [x] = node.inputs
    return emitter.commonLayout([x]) === 'blocked' ? blocked(emitter.nchwc('AveragePool', [emitter.blocked(x)], averageAttributes(node))) : null
  },
}

const avgPoolGradient: BlockedForm = {
  op: 'avgPool2dGradient',
  emit(emitter, node) {
    const [dy] = node.inputs
    const window = poolWindow(node)
    if (emitter.commonLayout([dy]) === 'plain' || !areDisjoint(window)) return null
    return blocked(spread(emitter, evenShare(emitter, emitter.blocked(dy), window), dy.shape, node.shape, window, 'blocked'))
  },
}

export const blockedPoolingForms: readonly BlockedForm[] = [maxPool, maxPoolGradientForm, avgPool, avgPoolGradient]
