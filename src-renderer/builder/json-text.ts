import { findNodeAtLocation, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'

/** Lines of a JSON text, from 1. */
export interface JsonText {
  /** First mistake of the text; null when it is valid JSON. */
  readonly mistake: { readonly line: number; readonly column: number; readonly reason: string } | null
  /** Line of the value at a path, or of the nearest one above it that there is. */
  lineOf(path: readonly (string | number)[]): number
}

export function readJsonText(text: string): JsonText {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const starts = lineStarts(text)
  const lineAt = (offset: number): number => starts.findLastIndex((start) => start <= offset) + 1
  const error = errors.at(0)
  return {
    mistake: error === undefined ? null : { line: lineAt(error.offset), column: error.offset - starts[lineAt(error.offset) - 1] + 1, reason: printParseErrorCode(error.error) },
    lineOf: (path) => {
      for (let length = path.length; length > 0 && root !== undefined; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length))
        // A property's line is that of its name.
        if (node !== undefined) return lineAt(node.parent?.type === 'property' ? node.parent.offset : node.offset)
      }
      return 1
    },
  }
}

/** Offset of the first character of a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
