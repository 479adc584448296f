import { expect, test } from 'vitest'
import { isTold, stepOnEntering, STEPS } from '@renderer/app/tour-steps'

test('who goes on to the next room alone is followed', () => {
  expect(stepOnEntering(0, 'train')).toBe(1)
  expect(stepOnEntering(1, 'runs')).toBe(2)
  expect(stepOnEntering(1, 'compare')).toBe(2)
  expect(stepOnEntering(2, 'train')).toBe(3)
})

test('elsewhere the step waits, silent, until its room is entered again', () => {
  expect(stepOnEntering(0, 'runs')).toBe(0)
  expect(isTold(0, 'runs')).toBe(false)
  expect(stepOnEntering(0, 'build')).toBe(0)
  expect(isTold(0, 'build')).toBe(true)
  expect(stepOnEntering(2, 'compare')).toBe(2)
  expect(isTold(2, 'compare')).toBe(true)
})

test('after its end it says nothing anywhere', () => {
  expect(stepOnEntering(3, 'runs')).toBe(3)
  expect(stepOnEntering(STEPS.length, 'train')).toBe(STEPS.length)
  expect(isTold(STEPS.length, 'train')).toBe(false)
})
