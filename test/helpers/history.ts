import { afterEach } from 'vitest'
import { openHistory, type HistoryApi, type HistoryOptions, type NewRun } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { need } from '@shared/spec'

/** Runs the body as a user without root's rights, whom permissions bind. */
export async function unprivileged<T>(body: () => Promise<T>): Promise<T> {
  const user = process.geteuid?.()
  if (user !== 0) return await body()
  process.seteuid?.(65534)
  try {
    return await body()
  } finally {
    process.seteuid?.(user)
  }
}

export const NEW_RUN: NewRun = {
  name: 'digits',
  document: '{"format":1,"name":"digits"}',
  documentHash: 'document-1',
  datasetHash: 'data-1',
  environment: { engine: 'onnx', device: 'onnx-cpu', threads: 2, versions: { descent: '0.1.0' } },
  seed: 42,
}

const open: HistoryApi[] = []

afterEach(() => {
  for (const history of open.splice(0)) history.close()
})

/** A clock that stands at 2026-11-22 06:31 UTC until it is moved. */
export class TestClock {
  milliseconds = Date.UTC(2026, 10, 22, 6, 31)
  readonly now = (): number => this.milliseconds
}

export function historyOptions(directory: string, options: Partial<HistoryOptions> = {}): HistoryOptions {
  return { directory, mode: 'write', now: new TestClock().now, random: randomSource(7), ...options }
}

/** Opened history, closed after the test unless the test did. Fails the test on an issue. */
export async function opened(directory: string, options: Partial<HistoryOptions> = {}): Promise<HistoryApi> {
  const history = need(await openHistory(historyOptions(directory, options)))
  open.push(history)
  return history
}

/** Closes before the test ends. */
export function close(history: HistoryApi): void {
  open.splice(open.indexOf(history), 1)
  history.close()
}

/** Codes of the issues of an opening that must fail. */
export async function codesOfOpening(directory: string, options: Partial<HistoryOptions> = {}): Promise<readonly string[]> {
  const history = await openHistory(historyOptions(directory, options))
  if (!history.ok) return history.issues.map(({ code }) => code)
  history.value.close()
  return []
}
