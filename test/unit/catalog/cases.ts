import type { TargetInfo } from '@shared/catalog/losses'
import type { Packed } from './lowering'

/** A loss as the fixtures hold it, with PyTorch's values. */
export interface LossCase {
  readonly name: string
  readonly type: string
  readonly options: Readonly<Record<string, unknown>>
  readonly info: TargetInfo
  readonly target: Packed
  readonly final: 'softmax' | 'sigmoid' | null
  readonly values: Packed
  readonly losses: Packed
  readonly gradient: Packed
}

/** A layer as the fixtures hold it, with PyTorch's values. */
export interface LayerCase {
  readonly name: string
  readonly type: string
  readonly options: Readonly<Record<string, unknown>>
  readonly training: boolean
  readonly weights: Readonly<Record<string, Packed>>
  readonly statistics: Readonly<Record<string, Packed>>
  readonly steps: readonly LayerStep[]
}

interface LayerStep {
  readonly inputs: readonly Packed[]
  readonly cotangent: Packed
  readonly output: Packed
  readonly inputGradients: readonly Packed[]
  readonly weightGradients: Readonly<Record<string, Packed>>
  readonly statistics: Readonly<Record<string, Packed>>
}
