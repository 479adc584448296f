import type { Tensor } from '@shared/graph'

/** Typed readers of a node's attributes: a missing or mistyped one is a bug and throws. */
export function integers(node: Tensor, name: string): readonly number[] {
  const value = node.attrs[name]
  if (!Array.isArray(value)) throw new Error(`${node.op}: attribute ${name} is no list`)
  return value as readonly number[]
}

export function integer(node: Tensor, name: string): number {
  const value = node.attrs[name]
  if (typeof value !== 'number') throw new Error(`${node.op}: attribute ${name} is no number`)
  return value
}

export function flag(node: Tensor, name: string): boolean {
  const value = node.attrs[name]
  if (typeof value !== 'boolean') throw new Error(`${node.op}: attribute ${name} is no boolean`)
  return value
}
