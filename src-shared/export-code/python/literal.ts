/** Python source that stands as it is inside a value: a call, a name. */
export class Code {
  constructor(readonly text: string) {}
}

export type PythonValue = string | number | boolean | null | Code | readonly PythonValue[]

/** Characters that would change how the source reads: line and paragraph separators, direction marks, zero widths. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u0085]/gu

/** A Python literal of the value. Arrays become tuples. Text of any origin stays one string. */
export function python(value: PythonValue): string {
  if (value === null) return 'None'
  if (value instanceof Code) return value.text
  switch (typeof value) {
    case 'string':
      // JSON's escapes are Python's; what JSON leaves alone Python does, too, but for what nobody could see.
      return JSON.stringify(value).replace(INVISIBLE, (sign) => [...sign].map(escaped).join(''))
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      return Number.isFinite(value) ? String(value) : `float("${Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'}")`
    default:
      return value.length === 1 ? `(${python(value[0])},)` : `(${value.map(python).join(', ')})`
  }
}

/** A number that Python takes for a float even where it is whole: `1.0`. */
export function pythonFloat(value: number): string {
  const text = python(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** As {@link python}, arrays as lists. */
export function pythonList(values: readonly PythonValue[]): string {
  return `[${values.map(python).join(', ')}]`
}

/** `layers.Dense(10, activation="relu")`: positional arguments, then named ones. */
export function call(name: string, positional: readonly PythonValue[], named: Readonly<Record<string, PythonValue>> = {}): string {
  const parts = [...positional.map(python), ...Object.entries(named).map(([key, value]) => `${key}=${python(value)}`)]
  return `${name}(${parts.join(', ')})`
}

/** Text for a comment or a docstring: one line that ends neither. */
export function remark(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').replaceAll('\\', '/').replaceAll('"', '”').trim()
}

export function indent(text: string, levels = 1): string {
  return text.replace(/^(?=.)/gm, '    '.repeat(levels))
}

function escaped(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
