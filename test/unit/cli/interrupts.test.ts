import { afterEach, describe, expect, it } from 'vitest'
import { onInterrupt, type Interrupts } from '@main/cli/interrupts'

describe('interrupts', () => {
  let interrupts: Interrupts | undefined
  afterEach(() => interrupts?.dispose())

  function listen() {
    const heard: string[] = []
    const clock = { now: 0 }
    interrupts = onInterrupt(
      () => heard.push('first'),
      () => heard.push('second'),
      () => clock.now,
    )
    const signalAt = (milliseconds: number) => {
      clock.now = milliseconds
      process.emit('SIGINT')
    }
    return { heard, signalAt }
  }

  it('takes one Ctrl-C that npm passes on a second time as one', () => {
    const { heard, signalAt } = listen()
    signalAt(1000)
    signalAt(1003)
    signalAt(1400)
    expect(heard).toEqual(['first'])
  })

  it('takes a later one as the second', () => {
    const { heard, signalAt } = listen()
    signalAt(1000)
    signalAt(1600)
    expect(heard).toEqual(['first', 'second'])
  })

  it('answers terminations and closed terminals the same way', () => {
    const { heard } = listen()
    process.emit('SIGTERM')
    expect(heard).toEqual(['first'])
  })

  it('leaves signals alone afterwards', () => {
    const before = process.listenerCount('SIGINT')
    const { heard } = listen()
    expect(process.listenerCount('SIGINT')).toBe(before + 1)
    interrupts?.dispose()
    expect(process.listenerCount('SIGINT')).toBe(before)
    expect(heard).toEqual([])
  })
})
