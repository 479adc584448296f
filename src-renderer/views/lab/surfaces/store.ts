import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Issue } from '@shared/spec'
import { openRace, standingOf, type Race } from '@shared/surfaces'
import { withValue, type Json, type JsonObject, type Path } from '@renderer/stores/edit'
import { useSettings } from '@renderer/stores/settings'
import { FIRST_RACE } from './setting'

export const SPEEDS = [10, 30, 60, 120, 300, 1000] as const

/** The race that is shown: its document is kept by the host, its ways are computed as far as they are looked at. */
export const useRace = defineStore('race', () => {
  const document = useSettings().setting<JsonObject>('lab.race', FIRST_RACE, (value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  /** The last one that could be opened: it stays while a person is writing on. */
  const race = shallowRef<Race | null>(null)
  const issues = shallowRef<readonly Issue[]>([])
  /** Updates made so far, with a fraction while it plays. */
  const position = shallowRef(0)
  const playing = shallowRef(false)
  const speed = shallowRef<number>(60)

  let opening = 0
  watch(
    document,
    async (next) => {
      const mine = ++opening
      const opened = await openRace(next)
      if (mine !== opening) return
      issues.value = opened.ok ? [] : opened.issues
      if (!opened.ok) return
      const finished = race.value === null || position.value >= race.value.steps
      race.value = opened.value
      position.value = finished && !playing.value ? opened.value.steps : Math.min(position.value, opened.value.steps)
    },
    { immediate: true },
  )

  const updates = computed(() => Math.floor(position.value))
  const ways = computed(() => race.value?.entrants.map(({ racer }) => racer.runTo(updates.value)) ?? [])
  const standings = computed(() => {
    const shown = race.value
    return shown === null ? [] : ways.value.map((way) => standingOf(shown.landscape, way, updates.value))
  })

  function edit(path: Path, value: Json | undefined): void {
    document.value = withValue(document.value, path, value) as JsonObject
  }

  function play(): void {
    if (race.value === null) return
    if (position.value >= race.value.steps) position.value = 0
    playing.value = true
  }

  function seek(to: number): void {
    playing.value = false
    position.value = Math.max(0, Math.min(race.value?.steps ?? 0, to))
  }

  function tick(seconds: number): void {
    const end = race.value?.steps ?? 0
    position.value = Math.min(end, position.value + seconds * speed.value)
    if (position.value >= end) playing.value = false
  }

  /** Everybody starts from here, at once. */
  function startFrom(x: number, y: number): void {
    edit(['start'], [x, y])
    position.value = 0
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) position.value = race.value?.steps ?? 0
    else playing.value = true
  }

  return { document, race, issues, position, playing, speed, updates, ways, standings, edit, play, seek, tick, startFrom }
})
