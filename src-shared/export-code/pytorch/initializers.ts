import type { NamedWeight } from '@shared/compile/layout'
import { call, Code, type PythonValue } from '../python/literal'

/**
 * A statement that starts `tensor`; null where PyTorch's modules do the same (normalization). Limits and deviations are
 * numbers: they then hold for any shape of the tensor.
 */
export function torchInitializer({ initializer, role, fanIn, fanOut, shape }: NamedWeight, tensor: string): string | null {
  const number = (option: string, otherwise = 0): number => {
    const value = (initializer as Readonly<Record<string, unknown>>)[option]
    return typeof value === 'number' ? value : otherwise
  }
  const init = (name: string, options: readonly PythonValue[] = [], named: Readonly<Record<string, PythonValue>> = {}): string => call(`nn.init.${name}`, [new Code(tensor), ...options], named)
  const matrix = shape.length > 1
  switch (initializer.type) {
    case 'zeros':
      return role === 'norm' ? null : init('zeros_')
    case 'ones':
      return role === 'norm' ? null : init('ones_')
    case 'constant':
      return init('constant_', [number('value')])
    case 'normal':
      return init('normal_', [], { mean: number('mean'), std: number('stddev') })
    case 'truncatedNormal': {
      const [mean, std] = [number('mean'), number('stddev')]
      // PyTorch divides by it.
      if (std === 0) return init('constant_', [mean])
      return init('trunc_normal_', [], { mean, std, a: mean - 2 * std, b: mean + 2 * std })
    }
    case 'uniform':
      return init('uniform_', [number('minimum'), number('maximum')])
    case 'xavierUniform':
      return matrix ? init('xavier_uniform_') : symmetric(init, Math.sqrt(6 / (fanIn + fanOut)))
    case 'xavierNormal':
      return matrix ? init('xavier_normal_') : init('normal_', [], { std: Math.sqrt(2 / (fanIn + fanOut)) })
    case 'heUniform':
      return matrix ? init('kaiming_uniform_', [], { nonlinearity: 'relu' }) : symmetric(init, Math.sqrt(6 / fanIn))
    case 'heNormal':
      return matrix ? init('kaiming_normal_', [], { nonlinearity: 'relu' }) : init('normal_', [], { std: Math.sqrt(2 / fanIn) })
    case 'lecunUniform':
      return symmetric(init, Math.sqrt(3 / fanIn))
    case 'lecunNormal':
      return init('normal_', [], { std: Math.sqrt(1 / fanIn) })
    case 'orthogonal':
      return matrix ? init('orthogonal_', [], { gain: number('gain', 1) }) : call('nn.init.orthogonal_', [new Code(`${tensor}.data.view(-1, 1)`)], { gain: number('gain', 1) })
    default:
      throw new Error(`no PyTorch form of the initializer ${initializer.type}`)
  }
}

function symmetric(init: (name: string, options: readonly PythonValue[]) => string, limit: number): string {
  return init('uniform_', [-limit, limit])
}
