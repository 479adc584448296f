import type { ConstantNode, FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs'
import { abs, add, broadcastTo, cos, div, exp, log, maximum, minimum, mul, neg, pow, sigmoid, sign, sin, sqrt, sub, tanh, type Operand, type Tensor } from '@shared/graph'
import { scalarConstant } from '@shared/graph/leaves'
import { failure, issue, IssueError, refuse, success, type Result } from '@shared/spec/issue'
import type { Landscape } from './landscape'

interface Written {
  readonly expression: string
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

const PATH = ['surface', 'expression'] as const

/** How a function is lowered, and what it is of a plain number. */
interface Meaning {
  readonly lower: (...operands: readonly Tensor[]) => Tensor
  readonly compute: (...operands: readonly number[]) => number
  readonly operands: number
}

const unary = (lower: (x: Tensor) => Tensor, compute: (x: number) => number): Meaning => ({ lower, compute, operands: 1 })
const binary = (lower: (a: Tensor, b: Tensor) => Tensor, compute: (a: number, b: number) => number): Meaning => ({ lower, compute, operands: 2 })

const FUNCTIONS: Readonly<Record<string, Meaning>> = {
  abs: unary(abs, Math.abs),
  cos: unary(cos, Math.cos),
  cosh: unary((x) => div(add(exp(x), exp(neg(x))), 2), Math.cosh),
  exp: unary(exp, Math.exp),
  ln: unary(log, Math.log),
  log: unary(log, Math.log),
  log10: unary((x) => div(log(x), Math.LN10), Math.log10),
  log2: unary((x) => div(log(x), Math.LN2), Math.log2),
  max: binary(maximum, Math.max),
  min: binary(minimum, Math.min),
  sigmoid: unary(sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  sign: unary(sign, Math.sign),
  sin: unary(sin, Math.sin),
  sinh: unary((x) => div(sub(exp(x), exp(neg(x))), 2), Math.sinh),
  sqrt: unary(sqrt, Math.sqrt),
  tan: unary((x) => div(sin(x), cos(x)), Math.tan),
  tanh: unary(tanh, Math.tanh),
}

const OPERATORS: Readonly<Record<string, { readonly lower: (a: Operand, b: Operand) => Tensor; readonly compute: (a: number, b: number) => number }>> = {
  add: { lower: add, compute: (a, b) => a + b },
  subtract: { lower: sub, compute: (a, b) => a - b },
  multiply: { lower: mul, compute: (a, b) => a * b },
  divide: { lower: div, compute: (a, b) => a / b },
  pow: { lower: pow, compute: (a, b) => a ** b },
}

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI }

export const EXPRESSION_FUNCTIONS: readonly string[] = Object.keys(FUNCTIONS)

/** A landscape out of an expression in x and y; an issue says what cannot be read, and where. */
export async function expressionLandscape({ expression, x, y }: Written): Promise<Result<Landscape>> {
  const tree = await parse(expression)
  if (!tree.ok) return tree
  try {
    check(tree.value)
  } catch (error) {
    if (error instanceof IssueError) return failure(...error.issues)
    throw error
  }
  return success({
    title: { en: expression, 'zh-CN': expression },
    formula: `f(x, y) = ${tree.value.toTex()}`,
    view: { x, y },
    start: [within(x), within(y)],
    minima: [],
    lower: (left, up) => asTensor(lower(tree.value, { x: left, y: up }), left),
  })
}

/** Loaded when the first expression is read: it is larger than all the rest of the Lab. */
async function parse(expression: string): Promise<Result<MathNode>> {
  const { create, parseDependencies } = await import('mathjs/number')
  try {
    return success(create(parseDependencies).parse(expression))
  } catch (error) {
    const { char } = error as { readonly char?: number }
    return failure(issue('surface-expression-unreadable', PATH, { expression, position: char ?? 1 }))
  }
}

/** Refuses what is no function of x and y before anything is computed. */
function check(node: MathNode): void {
  lower(node, { x: 0, y: 0 })
}

/** A tensor, or a number where neither x nor y takes part: numbers stand for x and y where only the form is of interest. */
function lower(node: MathNode, variables: Readonly<Record<'x' | 'y', Operand>>): Operand {
  const into = (each: MathNode): Operand => lower(each, variables)
  switch (node.type) {
    case 'ConstantNode':
      return constant(node as ConstantNode<number>)
    case 'ParenthesisNode':
      return into((node as ParenthesisNode).content)
    case 'SymbolNode':
      return symbol((node as SymbolNode).name, variables)
    case 'OperatorNode':
      return operator(node as OperatorNode, into)
    case 'FunctionNode':
      return call(node as FunctionNode, into)
    default:
      return refuse('surface-expression-form', PATH, { part: node.toString() })
  }
}

function constant({ value }: ConstantNode<number>): number {
  return typeof value === 'number' ? value : refuse('surface-expression-form', PATH, { part: String(value) })
}

function symbol(name: string, variables: Readonly<Record<string, Operand>>): Operand {
  if (Object.hasOwn(variables, name)) return variables[name]
  if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name]
  return refuse('surface-expression-name', PATH, { name, known: ['x', 'y', ...Object.keys(CONSTANTS)].join(', ') })
}

function operator({ fn, args, op }: OperatorNode, into: (node: MathNode) => Operand): Operand {
  const operands = args.map(into)
  const [a, b] = operands
  if (fn === 'unaryPlus') return a
  if (fn === 'unaryMinus') return typeof a === 'number' ? -a : neg(a)
  const meaning = Object.hasOwn(OPERATORS, fn) ? OPERATORS[fn] : refuse('surface-expression-operator', PATH, { operator: op, known: '+ − * / ^' })
  return typeof a === 'number' && typeof b === 'number' ? meaning.compute(a, b) : meaning.lower(a, b)
}

function call({ fn, args }: FunctionNode, into: (node: MathNode) => Operand): Operand {
  const { name } = fn as unknown as { readonly name: string }
  const meaning = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : refuse('surface-expression-function', PATH, { name, known: EXPRESSION_FUNCTIONS.join(', ') })
  if (args.length !== meaning.operands) refuse('surface-expression-operands', PATH, { name, needed: meaning.operands, found: args.length })
  const operands = args.map(into)
  const beside = operands.find((operand): operand is Tensor => typeof operand !== 'number')
  if (beside === undefined) return meaning.compute(...(operands as number[]))
  return meaning.lower(...operands.map((operand) => asTensor(operand, beside)))
}

/** A number as a tensor of the shape of `beside`. */
function asTensor(operand: Operand, beside: Tensor): Tensor {
  return typeof operand === 'number' ? broadcastTo(scalarConstant(beside.graph, operand, 'float32'), beside.shape) : operand
}

/** Four fifths along a range, in as many digits as a person would write. */
function within([low, high]: readonly [number, number]): number {
  return Number((low + 0.8 * (high - low)).toPrecision(6))
}
