import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AppInfo } from '@shared/protocol/contract'
import type { DeviceReport } from '@shared/protocol/devices'
import { translations } from '@renderer/locales'
import { useConnection } from './connection'
import type { Experiment } from './experiments'
import { useSettings } from './settings'

/** Leaves the choice to what is measured. */
const AUTOMATIC = 'auto'

/** What can train here. Devices test themselves when first asked for: only who looks pays for it. */
export const useDevices = defineStore('devices', () => {
  const connection = useConnection()
  const settings = useSettings()
  const { t } = translations.global
  const info = shallowRef<AppInfo | null>(null)
  /** Null while they test themselves, or before. */
  const reports = shallowRef<readonly DeviceReport[] | null>(null)
  let asked = false

  async function test(): Promise<void> {
    asked = true
    reports.value = null
    reports.value = await connection.request('app.devices', {})
  }

  async function ask(): Promise<void> {
    if (!asked) await test()
  }

  async function askInfo(): Promise<void> {
    info.value ??= await connection.request('app.info', {})
  }

  const byId = computed(() => new Map((reports.value ?? []).map((report) => [report.id, report])))

  function isAvailable(id: string): boolean {
    return byId.value.get(id)?.available ?? true
  }

  /** A device's name for lists; its id while nothing more is known. */
  function title(id: string): string {
    if (id === AUTOMATIC) return t('devices.automatic')
    const device = byId.value.get(id)
    if (device === undefined) return id
    const name = device.title[settings.language]
    return device.available ? name : t('devices.titleUnavailable', { title: name })
  }

  /** Automatic choice, what the experiment asks for, though this machine may have none such, and what there is. */
  function choicesOf(experiment: Experiment): readonly string[] {
    return [...new Set([AUTOMATIC, preferenceOf(experiment), ...byId.value.keys()])]
  }

  return { info, reports, byId, test, ask, askInfo, isAvailable, title, choicesOf }
})

/** Id of the device that the experiment asks for. */
export function preferenceOf(experiment: Experiment): string {
  return String(experiment.read(['engine', 'preference']) ?? AUTOMATIC)
}

export function prefer(experiment: Experiment, id: string): void {
  experiment.edit(['engine', 'preference'], id === AUTOMATIC ? undefined : id)
}
