import type { NamedWeight } from '@shared/compile/layout'
import { refuse } from '@shared/spec/issue'
import { call, Code, type PythonValue } from '../python/literal'
import type { Penalty } from '../training/penalties'

function keras(name: string, options: Readonly<Record<string, PythonValue>>): Code {
  return new Code(call(`keras.initializers.${name}`, [], options))
}

/** Normal values of the variance that fans ask for; Keras's named ones are truncated, Descent's are not. */
function normal(variance: number): Code {
  return keras('RandomNormal', { stddev: Math.sqrt(variance) })
}

function uniform(limit: number): Code {
  return keras('RandomUniform', { minval: -limit, maxval: limit })
}

/**
 * The weight's initializer; null where it is what Keras does anyway. Fans are written out as numbers where Keras counts
 * them in another way (depthwise kernels).
 */
export function kerasInitializer({ initializer, role, fanIn, fanOut, name, layer }: NamedWeight, argument: string): Code | null {
  const number = (option: string, otherwise = 0): number => {
    const value = (initializer as Readonly<Record<string, unknown>>)[option]
    return typeof value === 'number' ? value : otherwise
  }
  const sameFans = argument === 'kernel'
  switch (initializer.type) {
    case 'zeros':
      return name === 'bias' || name === 'beta' ? null : keras('Zeros', {})
    case 'ones':
      return role === 'norm' ? null : keras('Ones', {})
    case 'constant':
      return keras('Constant', { value: number('value') })
    case 'normal':
      return keras('RandomNormal', { mean: number('mean'), stddev: number('stddev') })
    case 'truncatedNormal':
      return keras('TruncatedNormal', { mean: number('mean'), stddev: number('stddev') })
    case 'uniform':
      return keras('RandomUniform', { minval: number('minimum'), maxval: number('maximum') })
    case 'xavierUniform':
      if (!sameFans) return uniform(Math.sqrt(6 / (fanIn + fanOut)))
      return role === 'kernel' ? null : keras('GlorotUniform', {})
    case 'xavierNormal':
      return normal(2 / (fanIn + fanOut))
    case 'heUniform':
      return sameFans ? keras('HeUniform', {}) : uniform(Math.sqrt(6 / fanIn))
    case 'heNormal':
      return normal(2 / fanIn)
    case 'lecunUniform':
      return sameFans ? keras('LecunUniform', {}) : uniform(Math.sqrt(3 / fanIn))
    case 'lecunNormal':
      return normal(1 / fanIn)
    case 'orthogonal':
      // What Keras’s recurrent layers do anyway.
      if (argument === 'recurrent' && number('gain', 1) === 1) return null
      // Keras makes rows and columns of other axes, and none of a vector.
      if (!sameFans) return refuse('export-initializer-unsupported', [], { initializer: initializer.type, weight: name, node: layer })
      return keras('Orthogonal', { gain: number('gain', 1) })
    default:
      throw new Error(`no Keras form of the initializer ${initializer.type}`)
  }
}

export function kerasPenalty({ l1, l2 }: Penalty): Code {
  if (l1 === 0) return new Code(call('keras.regularizers.L2', [l2]))
  if (l2 === 0) return new Code(call('keras.regularizers.L1', [l1]))
  return new Code(call('keras.regularizers.L1L2', [], { l1, l2 }))
}
