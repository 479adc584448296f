import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Lesson } from '@shared/protocol/lessons'
import { useConnection } from './connection'
import { isObject } from '@renderer/components/form/values'
import type { JsonObject } from './edit'
import { useExperiments } from './experiments'

/** Where a document remembers the lesson that it was opened with; it changes no result. */
const KEY = 'lesson'

/** The shipped lessons, and the one that the active experiment belongs to. */
export const useLessons = defineStore('lessons', () => {
  const connection = useConnection()
  const experiments = useExperiments()
  const lessons = shallowRef<readonly Lesson[]>([])
  const active = computed(() => {
    const id = experiments.active?.read(['view', KEY])
    return lessons.value.find((lesson) => lesson.id === id) ?? null
  })

  /** The open experiments that belong to it, in its order. */
  const opened = computed(() => (active.value === null ? [] : experiments.tabs.filter((tab) => tab.read(['view', KEY]) === active.value?.id)))

  async function load(): Promise<void> {
    if (lessons.value.length === 0) lessons.value = await connection.request('lessons.list', {})
  }

  /** Opens all of its experiments, the first one in front. */
  async function open(id: string): Promise<void> {
    const texts = await connection.request('lessons.read', { lesson: id })
    const tabs = texts.map((text) => experiments.open(withLesson(JSON.parse(text) as JsonObject, id)))
    if (tabs.length > 0) experiments.activate(tabs[0].id)
  }

  /** Takes the card away from the active experiment. */
  function dismiss(): void {
    experiments.active?.edit(['view', KEY], undefined)
  }

  return { lessons, active, opened, load, open, dismiss }
})

function withLesson(document: JsonObject, id: string): JsonObject {
  return { ...document, view: { ...(isObject(document.view) ? document.view : {}), [KEY]: id } }
}
