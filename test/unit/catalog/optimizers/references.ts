import type { Dialect } from '@shared/catalog/optimizers'

/**
 * Every rule in plain numbers, written from the formulas as published, with true moments: what the catalog's graphs,
 * which keep scaled ones, are compared with. One weight.
 */

export interface ReferenceStep {
  readonly w: number
  readonly g: number
  readonly lr: number
  /** From 1. */
  readonly t: number
}

type Slots = Readonly<Record<string, number>>

export interface Reference {
  /** One update; returns the new weight. */
  step(at: ReferenceStep): number
  /** True values of the slots, by the catalog's names. */
  slots(): Slots
}

/** Options with all defaults filled in. */
type Options = Readonly<Record<string, number | boolean | string>>
type Make = (options: Options) => Reference

const { abs, max, sign, sqrt } = Math

function num(options: Options, name: string): number {
  const value = options[name]
  if (typeof value !== 'number') throw new Error(`option ${name} is ${String(value)}`)
  return value
}

function kerasMomentum(options: Options, nesterov: boolean): Reference {
  const mu = num(options, 'momentum')
  let m = 0
  return {
    step({ w, g, lr }) {
      if (mu === 0) return w - lr * g
      m = mu * m - lr * g
      return nesterov ? w + mu * m - lr * g : w + m
    },
    slots: (): Slots => (mu === 0 ? {} : { momentum: m }),
  }
}

function pytorchMomentum(options: Options, nesterov: boolean, dampening: number): Reference {
  const mu = num(options, 'momentum')
  let b = 0
  return {
    step({ w, g, lr, t }) {
      if (mu === 0) return w - lr * g
      b = t === 1 ? g : mu * b + (1 - dampening) * g
      return w - lr * (nesterov ? g + mu * b : b)
    },
    slots: (): Slots => (mu === 0 ? {} : { momentum: b }),
  }
}

function textbookMomentum(options: Options): Reference {
  const mu = num(options, 'momentum')
  let v = 0
  return {
    step({ w, g, lr }) {
      if (options.form === 'average') {
        v = mu * v + (1 - mu) * g
        return w - lr * v
      }
      if (options.form === 'subtract') {
        v = mu * v + lr * g
        return w - v
      }
      v = mu * v - lr * g
      return w + v
    },
    slots: (): Slots => (mu === 0 ? {} : { momentum: v }),
  }
}

function adam(options: Options, divide: (v: number, t: number) => number): Reference {
  const [b1, b2] = [num(options, 'beta1'), num(options, 'beta2')]
  let [m, v, vMax] = [0, 0, 0]
  return {
    step({ w, g, lr, t }) {
      m = b1 * m + (1 - b1) * g
      v = b2 * v + (1 - b2) * g * g
      vMax = max(vMax, v)
      const used = options.amsgrad === true ? vMax : v
      return w - (lr * (m / (1 - b1 ** t))) / divide(used, t)
    },
    slots: (): Slots => (options.amsgrad === true ? { m, v, vMax } : { m, v }),
  }
}

const adamKeras: Make = (o) =>
  // lr·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)
  adam(o, (v, t) => (sqrt(v) + num(o, 'epsilon')) / sqrt(1 - num(o, 'beta2') ** t))
const adamPytorch: Make = (o) => adam(o, (v, t) => sqrt(v / (1 - num(o, 'beta2') ** t)) + num(o, 'epsilon'))
const adamTextbook: Make = (o) =>
  adam(o, (v, t) => {
    const vHat = v / (1 - num(o, 'beta2') ** t)
    return o.epsilonPlacement === 'inside' ? sqrt(vHat + num(o, 'epsilon')) : sqrt(vHat) + num(o, 'epsilon')
  })

function adagrad(options: Options, initial: number, decay: number, inside: boolean): Reference {
  const eps = num(options, 'epsilon')
  let a = initial
  return {
    step({ w, g, lr, t }) {
      a += g * g
      return w - ((lr / (1 + (t - 1) * decay)) * g) / (inside ? sqrt(a + eps) : sqrt(a) + eps)
    },
    slots: () => ({ accumulator: a }),
  }
}

function rmsprop(options: Options, inside: boolean, rateInBuffer: boolean): Reference {
  const [rho, eps] = [num(options, 'rho'), num(options, 'epsilon')]
  const mu = options.momentum === undefined ? 0 : num(options, 'momentum')
  let [v, mean, b] = [0, 0, 0]
  return {
    step({ w, g, lr }) {
      v = rho * v + (1 - rho) * g * g
      mean = rho * mean + (1 - rho) * g
      const square = options.centered === true ? max(v - mean * mean, 0) : v
      const direction = g / (inside ? sqrt(square + eps) : sqrt(square) + eps)
      if (mu === 0) return w - lr * direction
      b = mu * b + (rateInBuffer ? lr * direction : direction)
      return w - (rateInBuffer ? b : lr * b)
    },
    slots: () => ({ v, ...(options.centered === true ? { gradientMean: mean } : {}), ...(mu > 0 ? { momentum: b } : {}) }),
  }
}

const adadelta: Make = (options) => {
  const [rho, eps] = [num(options, 'rho'), num(options, 'epsilon')]
  let [v, delta] = [0, 0]
  return {
    step({ w, g, lr }) {
      v = rho * v + (1 - rho) * g * g
      const change = (g * sqrt(delta + eps)) / sqrt(v + eps)
      delta = rho * delta + (1 - rho) * change * change
      return w - lr * change
    },
    slots: () => ({ v, delta }),
  }
}

function adamax(options: Options, inside: boolean): Reference {
  const [b1, b2, eps] = [num(options, 'beta1'), num(options, 'beta2'), num(options, 'epsilon')]
  let [m, u] = [0, 0]
  return {
    step({ w, g, lr, t }) {
      m = b1 * m + (1 - b1) * g
      u = max(b2 * u, abs(g) + (inside ? eps : 0))
      return w - (lr / (1 - b1 ** t)) * (m / (u + (inside ? 0 : eps)))
    },
    slots: () => ({ m, u }),
  }
}

function nadam(options: Options, psi: number): Reference {
  const [b1, b2, eps] = [num(options, 'beta1'), num(options, 'beta2'), num(options, 'epsilon')]
  const mu = (t: number): number => b1 * (1 - 0.5 * 0.96 ** (t * psi))
  let [m, v, product] = [0, 0, 1]
  return {
    step({ w, g, lr, t }) {
      product *= mu(t)
      m = b1 * m + (1 - b1) * g
      v = b2 * v + (1 - b2) * g * g
      const mHat = (mu(t + 1) * m) / (1 - product * mu(t + 1)) + ((1 - mu(t)) * g) / (1 - product)
      return w - (lr * mHat) / (sqrt(v / (1 - b2 ** t)) + eps)
    },
    slots: () => ({ m, v }),
  }
}

function radam(options: Options, threshold: number): Reference {
  const [b1, b2, eps] = [num(options, 'beta1'), num(options, 'beta2'), num(options, 'epsilon')]
  const most = 2 / (1 - b2) - 1
  let [m, v] = [0, 0]
  return {
    step({ w, g, lr, t }) {
      m = b1 * m + (1 - b1) * g
      v = b2 * v + (1 - b2) * g * g
      const mHat = m / (1 - b1 ** t)
      const rho = most - (2 * t * b2 ** t) / (1 - b2 ** t)
      if (rho <= threshold) return w - lr * mHat
      const r = sqrt(((rho - 4) * (rho - 2) * most) / ((most - 4) * (most - 2) * rho))
      return w - (lr * mHat * r * sqrt(1 - b2 ** t)) / (sqrt(v) + eps)
    },
    slots: () => ({ m, v }),
  }
}

const lion: Make = (options) => {
  const [b1, b2] = [num(options, 'beta1'), num(options, 'beta2')]
  let m = 0
  return {
    step({ w, g, lr }) {
      const next = w - lr * sign(b1 * m + (1 - b1) * g)
      m = b2 * m + (1 - b2) * g
      return next
    },
    slots: () => ({ m }),
  }
}

/** By type and dialect; a test demands one for every rule of the catalog. */
export const references: Readonly<Record<string, Readonly<Partial<Record<Dialect, Make>>>>> = {
  sgd: {
    keras: (o) => kerasMomentum(o, o.nesterov === true),
    pytorch: (o) => pytorchMomentum(o, o.nesterov === true, num(o, 'dampening')),
    textbook: textbookMomentum,
  },
  momentum: {
    keras: (o) => kerasMomentum(o, false),
    pytorch: (o) => pytorchMomentum(o, false, num(o, 'dampening')),
    textbook: textbookMomentum,
  },
  nesterov: {
    keras: (o) => kerasMomentum(o, true),
    pytorch: (o) => pytorchMomentum(o, true, 0),
    // The gradient that it is given is the look-ahead point's.
    textbook: (o) => kerasMomentum(o, false),
  },
  adagrad: {
    keras: (o) => adagrad(o, num(o, 'initialAccumulator'), 0, true),
    pytorch: (o) => adagrad(o, num(o, 'initialAccumulator'), num(o, 'learningRateDecay'), false),
    textbook: (o) => adagrad(o, 0, 0, o.epsilonPlacement === 'inside'),
  },
  rmsprop: {
    keras: (o) => rmsprop(o, true, true),
    pytorch: (o) => rmsprop(o, false, false),
    textbook: (o) => rmsprop(o, o.epsilonPlacement === 'inside', false),
  },
  adam: { keras: adamKeras, pytorch: adamPytorch, textbook: adamTextbook },
  adamw: { keras: adamKeras, pytorch: adamPytorch, textbook: adamTextbook },
  adadelta: { keras: adadelta, pytorch: adadelta },
  adamax: { keras: (o) => adamax(o, false), pytorch: (o) => adamax(o, true) },
  nadam: { keras: (o) => nadam(o, 1), pytorch: (o) => nadam(o, num(o, 'momentumDecay')) },
  radam: { pytorch: (o) => radam(o, 5), textbook: (o) => radam(o, 4) },
  lion: { keras: lion },
}
