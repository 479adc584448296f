import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { advanced, comfortableSpeed, endOf, latest, neighbor, positionOf, REPLAY_UNITS, stepAt, timelineOf } from '@renderer/views/replay/timeline'
import { runView, sliceOf } from '../compare/helpers'

/** 20 steps of 0.1 s, 5 an epoch. */
const run = runView('a', { steps: 20, epochs: 4, samples: 640, seconds: 2, document: { training: { batchSize: 32 } } })
const timeline = timelineOf(run, sliceOf(Array.from({ length: 20 }, () => 0)))
const short = { ...timeline, runId: 'b', totalSteps: 10, totalSeconds: 1 }

describe('timelines', () => {
  it('end where the run does', () => expect(REPLAY_UNITS.map((unit) => endOf(timeline, unit))).toEqual([2, 20, 4]))

  it('know which step was over when', () => {
    expect(stepAt(timeline, 'seconds', 0.05)).toBe(0)
    expect(stepAt(timeline, 'seconds', 0.1)).toBe(1)
    expect(stepAt(timeline, 'seconds', 99)).toBe(20)
    expect(stepAt(timeline, 'epoch', 1)).toBe(5)
    expect(stepAt(timeline, 'step', 7.9)).toBe(7)
    expect(stepAt(timeline, 'step', 99)).toBe(20)
  })

  it('come back to the step whose position they give', () => {
    fc.assert(fc.property(fc.constantFrom(...REPLAY_UNITS), fc.integer({ min: 0, max: 20 }), (unit, step) => stepAt(timeline, unit, positionOf(timeline, unit, step)) === step))
  })

  it('stand a run that measured nothing', () => {
    const empty = timelineOf(runView('x'), null)
    expect([stepAt(empty, 'seconds', 1), positionOf(empty, 'seconds', 3), comfortableSpeed([empty])]).toEqual([0, 0, 1])
    expect(advanced(0, 1, 1, [], 'seconds')).toBe(0)
  })
})

describe('playing', () => {
  it('goes as fast as it happened at speed 1', () => {
    expect(advanced(0.5, 0.25, 1, [timeline, short], 'seconds')).toBe(0.75)
    expect(advanced(0, 1, 1, [timeline, short], 'step')).toBe(10)
    expect(advanced(0, 0.5, 2, [timeline, short], 'epoch')).toBe(2)
    expect(advanced(1.9, 5, 1, [timeline], 'seconds')).toBe(2)
  })

  it('takes a comfortable while at first', () => {
    expect(comfortableSpeed([{ ...timeline, totalSeconds: 1 }])).toBe(0.1)
    expect(comfortableSpeed([{ ...timeline, totalSeconds: 12 }])).toBe(1)
    expect(comfortableSpeed([timeline, { ...timeline, totalSeconds: 130 }])).toBe(10)
  })
})

describe('moments', () => {
  it('are the latest that had happened', () => {
    const things = [{ step: 0 }, { step: 5 }, { step: 5, second: true }, { step: 9 }]
    expect([latest(things, 4), latest(things, 5), latest(things, 100), latest(things, -1)]).toEqual([things[0], things[2], things[3], null])
  })

  it('are stepped through in both directions', () => {
    const stops = [0, 1, 2.5, 4]
    expect([neighbor(stops, 1, 1), neighbor(stops, 1, -1), neighbor(stops, 1.2, -1), neighbor(stops, 4, 1), neighbor(stops, 0, -1)]).toEqual([2.5, 0, 1, null, null])
  })
})
