import type { DType } from '@shared/graph'
import { TensorProto_DataType } from './schema/onnx_pb'

/** ONNX element types that are used here; names as in onnxruntime's `Tensor.type`. */
export type ElementType = DType | 'int64' | 'uint32' | 'uint8'

/** A number is a fixed extent, a string names one that is known when the model runs. */
export type Dimension = number | string

const ELEMENT_CODES: Readonly<Record<ElementType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  uint32: TensorProto_DataType.UINT32,
  uint8: TensorProto_DataType.UINT8,
  bool: TensorProto_DataType.BOOL,
}

/** `TensorProto.DataType`, as Cast's `to` wants it. */
export function elementCode(type: ElementType): TensorProto_DataType {
  return ELEMENT_CODES[type]
}

export type ElementData = Float32Array | Int32Array | BigInt64Array | Uint32Array | Uint8Array

/** Row-major elements of `type` from plain numbers. */
export function elementData(type: ElementType, values: readonly number[]): ElementData {
  switch (type) {
    case 'float32':
      return Float32Array.from(values)
    case 'int32':
      return Int32Array.from(values)
    case 'int64':
      return BigInt64Array.from(values, BigInt)
    case 'uint32':
      return Uint32Array.from(values)
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values)
  }
}
