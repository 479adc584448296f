import { expect, test } from 'vitest'
import type { RunView } from '@shared/protocol/views'
import { rowAfter } from '@renderer/views/runs/row-keys'
import type { Row } from '@renderer/views/runs/table'

const run = (id: string): Row => ({ kind: 'run', id, run: { id } as RunView })
const head = (label: string): Row => ({ kind: 'group', id: label, label, runs: [] })
/** Heads at 0 and 3. */
const rows = [head('a'), run('1'), run('2'), head('b'), run('3'), run('4'), run('5')]

test('arrows pass over the heads of groups and stop at both ends', () => {
  expect(rowAfter(rows, 2, 'ArrowDown', 3)).toBe(4)
  expect(rowAfter(rows, 4, 'ArrowUp', 3)).toBe(2)
  expect(rowAfter(rows, 1, 'ArrowUp', 3)).toBe(1)
  expect(rowAfter(rows, 6, 'ArrowDown', 3)).toBe(6)
})

test('pages and ends count runs alone', () => {
  expect(rowAfter(rows, 1, 'PageDown', 3)).toBe(5)
  expect(rowAfter(rows, 6, 'PageUp', 3)).toBe(2)
  expect(rowAfter(rows, 6, 'PageUp', 30)).toBe(1)
  expect(rowAfter(rows, 4, 'Home', 3)).toBe(1)
  expect(rowAfter(rows, 4, 'End', 3)).toBe(6)
})

test('other keys, and tables without runs, go nowhere', () => {
  expect(rowAfter(rows, 1, 'a', 3)).toBeNull()
  expect(rowAfter([head('a')], 0, 'ArrowDown', 3)).toBeNull()
})
