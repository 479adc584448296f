import { create } from '@bufbuild/protobuf'
import type { OnnxGraph } from './graph'
import { AttributeProto_AttributeType, AttributeProtoSchema } from './schema/onnx_pb'
import type { AttributeProto } from './schema/onnx_pb'

/** JavaScript does not tell 1 from 1.0, ONNX does. */
export interface FloatAttribute {
  readonly float: number
}

/** Plain numbers are integers, lists are lists of integers; `float()` makes the other kind. */
export type Attribute = number | string | readonly number[] | FloatAttribute | OnnxGraph
export type NodeAttributes = Readonly<Record<string, Attribute>>

export function float(value: number): FloatAttribute {
  return { float: value }
}

const encoder = new TextEncoder()

export function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) })
  }
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.STRING, s: encoder.encode(value) })
  }
  if (isList(value)) {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) })
  }
  if ('float' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: value.float })
  }
  return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.GRAPH, g: value.toProto() })
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(value: Attribute): value is readonly number[] {
  return Array.isArray(value)
}
