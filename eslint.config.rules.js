// Three house rules that no plugin has.

const MAX_LINES = 400

/** Longer files say why at their top: a comment there with "Above 400 lines: …". */
const maxLines = {
  meta: { type: 'suggestion', schema: [], messages: { long: '{{lines}} lines: split the file, or give the reason at its top ("Above 400 lines: …").' } },
  create(context) {
    return {
      Program(node) {
        const { lines } = context.sourceCode
        if (lines.length <= MAX_LINES) return
        const [first] = context.sourceCode.getAllComments()
        if (first !== undefined && first.loc.start.line <= 3 && /Above 400 lines: \S/.test(first.value)) return
        context.report({ node, loc: { line: 1, column: 0 }, messageId: 'long', data: { lines: lines.length } })
      },
    }
  },
}

/** `x!` says in a comment on its line, or on the line before, why the value is there. */
const explainedNonNull = {
  meta: { type: 'problem', schema: [], messages: { unexplained: 'Say in a comment why the value cannot be absent, or test for it.' } },
  create(context) {
    const commented = new Set()
    for (const { loc } of context.sourceCode.getAllComments()) {
      for (let line = loc.start.line; line <= loc.end.line + 1; line += 1) commented.add(line)
    }
    return {
      TSNonNullExpression(node) {
        if (!commented.has(node.loc.end.line)) context.report({ node, messageId: 'unexplained' })
      },
    }
  },
}

export const house = { rules: { 'max-lines': maxLines, 'explained-non-null': explainedNonNull } }
