import { layerRegistry } from '@shared/catalog/layers'
import { fieldsOf, type FieldDescription } from '@renderer/components/form/fields'
import { shortText, startingValue } from '@renderer/components/form/values'
import type { Json, JsonObject } from '@renderer/stores/edit'
import type { ModelNode } from './model'

/** What a fresh layer starts with, where its definition's defaults are not what people mostly want. */
const STARTING: Readonly<Record<string, JsonObject>> = {
  dense: { units: 64, activation: 'relu' },
  conv2d: { filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' },
  depthwiseConv2d: { kernelSize: 3, padding: 'same' },
  activation: { activation: 'relu' },
  reshape: { shape: [-1] },
}

/** A layer as it is when it is added: what it must have is filled in. */
export function freshNode(type: string, id: string): ModelNode {
  const required = layerFields(type).filter((field) => field.required)
  const filled = Object.fromEntries(required.map(({ name, form }) => [name, startingValue(form, undefined)]))
  return { id, type, ...filled, ...STARTING[type] }
}

export function layerFields(type: string): readonly FieldDescription[] {
  const definition = layerRegistry.get(type)
  return definition === undefined ? [] : fieldsOf(definition.options)
}

export function arityOf(type: string): readonly [number, number] {
  return layerRegistry.get(type)?.arity ?? [0, Infinity]
}

/** What tells this layer from others of its type, in a few words: `16 channels`, `3×3`, `relu`. Defaults are left out. */
export function summaryOf(node: ModelNode, unitText: (unit: string) => string = (unit) => unit): readonly string[] {
  return layerFields(node.type).flatMap(({ name, unit }) => {
    const value = node[name]
    if (value === undefined || value === null || UNTOLD.has(name)) return []
    const short = SQUARES.has(name) && typeof value === 'number' ? `${value}×${value}` : shortText(value as Json)
    if (COUNTED.has(unit ?? '')) return [`${short} ${unitText(unit ?? '')}`]
    return [NAMED.has(name) ? `${name} ${short}` : short]
  })
}

/** Units that say what is counted. */
const COUNTED: ReadonlySet<string> = new Set(['units', 'channels', 'groups', 'features', 'heads', 'entries'])
/** One number for both directions. */
const SQUARES: ReadonlySet<string> = new Set(['kernelSize', 'poolSize'])
/** Options whose value alone would puzzle. */
const NAMED: ReadonlySet<string> = new Set(['strides', 'dilation', 'momentum', 'epsilon', 'axis', 'depthMultiplier'])
/** Details that only the inspector shows. */
const UNTOLD: ReadonlySet<string> = new Set(['useBias', 'kernelInitializer', 'biasInitializer', 'kernelRegularizer', 'biasRegularizer', 'center', 'scale', 'countIncludePad'])
