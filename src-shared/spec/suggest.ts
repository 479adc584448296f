import { closestMatch } from 'leven'

/** Short names that other tools use, where no spelling leads from them to ours. */
const ELSEWHERE: Readonly<Record<string, string>> = { lr: 'learningRate', eps: 'epsilon', wd: 'weightDecay' }

/**
 * Which of the known names is meant by one that is not: the same but for case, `_` and `-`, another tool's name for it, or about a
 * third of its letters away at most; null where none is close.
 */
export function meantBy(found: string, known: readonly string[]): string | null {
  const word = plain(found)
  const names = new Map(known.map((name) => [plain(name), name]))
  const elsewhere = Object.hasOwn(ELSEWHERE, word) ? plain(ELSEWHERE[word]) : word
  const near = closestMatch(elsewhere, [...names.keys()], { maxDistance: Math.round(word.length / 3) })
  return near === undefined ? null : (names.get(near) ?? null)
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}
