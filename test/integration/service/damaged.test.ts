import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NEW_RUN } from '@test/helpers/history'
import { TestHost } from '@test/helpers/service'

/** One run's record is damaged: whoever looks at it hears so, and the host with all that trains in it goes on. */

let host: TestHost
let runId: string
beforeEach(async () => {
  host = await TestHost.open()
  const { history } = host.core.core
  runId = history.createRun({ ...NEW_RUN, status: 'done' })
  history.appendPoints(runId, { steps: Float64Array.of(1, 2), times: Float64Array.of(1, 2), columns: { 'train.loss': Float64Array.of(3, 4) } })
  history.updateRun(runId, { note: 'all of it is written' })
})
afterEach(async () => await host.close())

function damage(sql: string): void {
  const other = new SqliteDatabase(join(host.directory, 'descent.sqlite'))
  other.exec(sql)
  other.close()
}

it('ends a feed of points', async () => {
  damage("UPDATE chunks SET data = x'00'")
  const failures: unknown[] = []
  host.service.subscribe('points', { runId, keys: [] }, () => expect.unreachable(), (error) => failures.push(error))
  await expect.poll(() => failures).toMatchObject([{ issues: [{ code: 'history-damaged' }] }])
  expect(await host.window().request('runs.read', { runId })).toMatchObject({ id: runId })
})

it('ends the feed of changed runs', async () => {
  damage("UPDATE runs SET errors = 'no JSON'")
  const failures: unknown[] = []
  host.service.subscribe('runs', {}, () => expect.unreachable(), (error) => failures.push(error))
  await host.window().request('runs.update', { runIds: [runId], changes: { note: 'changed' } })
  await expect.poll(() => failures).toMatchObject([{ name: 'SyntaxError' }])
  expect(await host.window().request('app.status', {})).toMatchObject({ running: [] })
})
