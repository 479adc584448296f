import { writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { openHistory } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { need } from '@shared/spec'
import { valueOf } from './value-of'

/*
 * Records without end and says so, line by line, after each call returned: what the test then kills. Of points it says
 * when that was, in milliseconds of its own; a turn of the event loop lies between two such lines.
 * Arguments: data directory, seed. Point i of a run has step i, time i/1000 and value valueOf(i).
 */

async function main([directory, seed]: readonly string[]): Promise<void> {
  const random = randomSource(Number(seed))
  const history = need(await openHistory({ directory, mode: 'write', now: Date.now, random: randomSource(Number(seed), Date.now()) }))
  const say = (...words: readonly (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`)
  const newRun = {
    name: 'killed',
    document: `{"seed":${seed}}`,
    documentHash: 'd',
    datasetHash: 'd',
    environment: { engine: 'onnx', device: 'onnx-cpu', threads: 1, versions: {} },
    seed: 1,
  }
  for (;;) {
    const id = history.createRun({ ...newRun, status: 'running' })
    say('run', id)
    let points = 0
    const turns = 20 + random.integer(400)
    for (let turn = 0; turn < turns; turn++) {
      const count = 1 + random.integer(700)
      const steps = Float64Array.from({ length: count }, (_, index) => points + index)
      const values = steps.map(valueOf)
      history.appendPoints(id, { steps, times: steps.map((step) => step / 1000), columns: { loss: values, copy: values } })
      points += count
      say('points', id, points, performance.now())
      if (random.uniform() < 0.1) {
        history.appendEvents(id, [{ kind: 'turn', step: points, time: 0, data: { turn } }])
        say('event', id, turn)
      }
      if (random.uniform() < 0.05) {
        const stored = await history.artifacts.put(new TextEncoder().encode(`${id} ${turn}`.repeat(5000)))
        history.addArtifact(id, { kind: 'checkpoint', step: points, epoch: 0, ...stored })
        say('checkpoint', id, stored.hash)
        for (const old of history.listArtifacts(id).slice(2)) history.removeArtifact(old.id)
      }
      await setImmediate()
    }
    history.updateRun(id, { status: 'done' })
    say('done', id, points)
  }
}

await main(process.argv.slice(2))
