import { expect, test } from 'vitest'
import { decodeCheckpoint, encodeCheckpoint, type SavedRun } from '@main/worker/checkpoint'
import { decodeSafetensors, encodeSafetensors } from '@shared/lib/safetensors'

const SAVED: SavedRun = {
  step: 12,
  seconds: 1.5,
  rateChanges: [{ step: 3, factor: 0.5 }],
  sums: { samples: 8, loss: 3.25, vectors: { r2: [1, Number.POSITIVE_INFINITY, Number.NaN] } },
  final: { 'train.loss': 0.25, 'val.loss': Number.POSITIVE_INFINITY, 'val.r2': Number.NEGATIVE_INFINITY, 'val.accuracy': Number.NaN },
  scheduleMemory: [Number.POSITIVE_INFINITY, 2],
  stopping: [[Number.NEGATIVE_INFINITY, 0], []],
  best: { step: 6, final: { 'val.loss': Number.POSITIVE_INFINITY } },
  views: new Map([['dense.kernel', Float32Array.of(1, 2)]]),
}

test('a checkpoint gives back every number, also those that JSON does not have', () => {
  expect(decodeCheckpoint(encodeCheckpoint(SAVED, new Map([['dense.kernel', [1, 2]]])), 'hash')).toEqual(SAVED)
})

test('null in an older checkpoint stands for a number that is none', () => {
  const bytes = encodeCheckpoint({ ...SAVED, best: null }, new Map())
  const file = decodeSafetensors(bytes)
  if (!file.ok) throw new Error('the checkpoint is no safetensors file')
  const { tensors, metadata } = file.value
  const old = encodeSafetensors(tensors, { ...metadata, descent: metadata.descent.replaceAll(/"-?(NaN|Infinity)"/g, 'null') })
  expect(decodeCheckpoint(old, 'hash').final).toEqual({ 'train.loss': 0.25, 'val.loss': Number.NaN, 'val.r2': Number.NaN, 'val.accuracy': Number.NaN })
})

test.each([['{}'], ['no JSON'], ['{"step":"Infinity"}']])('refuses what is no checkpoint: %s', (descent) => {
  expect(() => decodeCheckpoint(encodeSafetensors([], { descent }), 'hash')).toThrow('run-checkpoint-damaged')
})
