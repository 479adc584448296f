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

/** What tells this layer from others of its type, in a few words: `3×3`, `64`, `relu`. What is not written is default and left out. */
export function summaryOf(node: ModelNode): readonly string[] {
  return layerFields(node.type).flatMap(({ name, form, unit }) => {
    const value = node[name]
    if (value === undefined || value === null) return []
    if (form.kind === 'boolean') return value === true ? [name] : [`${name} ✕`]
    const short = shortText(value as Json)
    return [COUNTED.has(unit ?? '') ? `${short} ${unit}` : NAMED.has(name) ? `${name} ${short}` : short]
  })
}

/** Units that say what is counted. */
const COUNTED: ReadonlySet<string> = new Set(['units', 'channels', 'groups'])
/** Options whose value alone would puzzle. */
const NAMED: ReadonlySet<string> = new Set(['strides', 'dilation', 'momentum', 'epsilon', 'axis', 'kernelInitializer', 'biasInitializer', 'kernelRegularizer', 'biasRegularizer', 'depthMultiplier'])
