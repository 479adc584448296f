import { expect, test } from 'vitest'
import { close, NEW_RUN, opened, TestClock } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'

test('events come back in order, by kind, after a cursor', async () => {
  const directory = temporaryDirectory()
  const history = await opened(directory)
  const id = history.createRun(NEW_RUN)
  const other = history.createRun(NEW_RUN)
  const confusion = { key: 'confusion', matrix: { rows: 2, columns: 2, data: [5, 1, 0, 4] } }
  history.appendEvents(id, [
    { kind: 'pause', step: 3, time: 0.5 },
    { kind: 'evaluation', step: 4, time: 0.75, data: confusion },
  ])
  history.appendEvents(other, [{ kind: 'warning', step: 1, time: 0, data: 'elsewhere' }])
  history.appendEvents(id, [{ kind: 'resume', step: 4, time: 1, data: { nested: [null, true, 'x'] } }])
  close(history)

  const again = await opened(directory)
  const events = again.readEvents(id)
  expect(events.map(({ kind, step, time, recordedAt, data }) => [kind, step, time, recordedAt, data])).toEqual([
    ['pause', 3, 0.5, new TestClock().now(), null],
    ['evaluation', 4, 0.75, new TestClock().now(), confusion],
    ['resume', 4, 1, new TestClock().now(), { nested: [null, true, 'x'] }],
  ])
  const kinds = (query: Parameters<typeof again.readEvents>[1]): readonly string[] => again.readEvents(id, query).map(({ kind }) => kind)
  expect(kinds({ kinds: ['pause', 'resume'] })).toEqual(['pause', 'resume'])
  expect(kinds({ kinds: [] })).toEqual([])
  expect(kinds({ after: events[0].id })).toEqual(['evaluation', 'resume'])
  expect(kinds({ after: events[0].id, limit: 1 })).toEqual(['evaluation'])
  expect(kinds({ kinds: ['resume', 'pause', 'absent'], newest: 1 })).toEqual(['pause', 'resume'])
  again.appendEvents(id, [{ kind: 'pause', step: 9, time: 2 }, { kind: 'pause', step: 10, time: 2 }])
  expect(again.readEvents(id, { kinds: ['pause'], newest: 2 }).map(({ step }) => step)).toEqual([9, 10])
})

test('a cursor stays good over a rewind: later events get larger ids', async () => {
  const history = await opened(temporaryDirectory())
  const id = history.createRun(NEW_RUN)
  history.appendEvents(id, [1, 2, 3].map((step) => ({ kind: 'warning', step, time: 0 })))
  const cursor = history.readEvents(id).at(-1)?.id
  history.rewindRun(id, 1)
  expect(history.readEvents(id).map(({ step }) => step)).toEqual([1])
  history.appendEvents(id, [{ kind: 'warning', step: 2, time: 0 }])
  expect(history.readEvents(id, { after: cursor }).map(({ step }) => step)).toEqual([2])
})
