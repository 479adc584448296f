import { create, toBinary } from '@bufbuild/protobuf'
import type { OnnxGraph } from './graph'
import { ModelProtoSchema } from './schema/onnx_pb'

/**
 * Operator set 18 (December 2022) with IR version 8: read by onnxruntime ≥ 1.14 and by every converter of that age,
 * and the first to have BitwiseXor.
 */
export const OPSET = 18
export const IR_VERSION = 8n

/** onnxruntime's own operators: FusedMatMul, FusedConv. Not for exported models. */
export const CONTRIB_DOMAIN = 'com.microsoft'

/** onnxruntime's operators on channels in blocks: internal to it, hence tested before use. Not for exported models. */
export const NCHWC_DOMAIN = 'com.microsoft.nchwc'

export interface ModelOptions {
  readonly producerVersion?: string
  readonly doc?: string
  /** `metadata_props`: free text by key. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Further operator domains, each at its version 1. */
  readonly domains?: readonly string[]
}

/** The file's bytes. */
export function encodeModel(graph: OnnxGraph, options: ModelOptions = {}): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'descent',
    producerVersion: options.producerVersion ?? '',
    docString: options.doc ?? '',
    graph: graph.toProto(),
    opsetImport: [
      { domain: '', version: BigInt(OPSET) },
      ...(options.domains ?? []).map((domain) => ({ domain, version: 1n })),
    ],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
  })
  return toBinary(ModelProtoSchema, model)
}
