import { until } from '@vueuse/core'
import { ElMessage } from 'element-plus'
import { ref, shallowRef } from 'vue'
import { MAX_UPLOAD_BYTES } from '@shared/protocol/contract'
import type { Framework } from '@shared/export-code'
import { formatIssue } from '@shared/locales/issues'
import type { Issue, Result } from '@shared/spec'
import { translations } from '@renderer/locales'
import { useChecked } from '@renderer/stores/checked'
import { useConnection } from '@renderer/stores/connection'
import { useExperiments } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { useSettings } from '@renderer/stores/settings'
import { formatBytes } from './numbers'
import { pickFile } from './pick-file'
import { saveFile } from './save-file'

const { t } = translations.global

/** Runs and models as files, experiments as code, and runs out of bundles. */
export function useExports() {
  const connection = useConnection()
  const settings = useSettings()
  const experiments = useExperiments()
  const checked = useChecked()
  const frame = useFrame()
  /** Format that is being made. */
  const busy = ref<string | null>(null)
  /** Why the last one was not. */
  const refused = shallowRef<readonly Issue[]>([])

  async function exportRun(runId: string, format: string): Promise<void> {
    busy.value = format
    try {
      const made = await connection.request('exports.create', { runId, format, language: settings.language })
      refused.value = made.ok ? [] : made.issues
      if (made.ok) await saveFile(connection, made.value)
    } finally {
      busy.value = null
    }
  }

  /** As {@link exportRun}, for places without room of their own to say what went wrong. */
  async function exportRunOrTell(runId: string, format: string): Promise<void> {
    await exportRun(runId, format)
    tell(refused.value)
  }

  /** Puts the active experiment into the clipboard as a script; into a file where that is not allowed. */
  async function copyScript(framework: Framework): Promise<void> {
    const { active } = experiments
    if (active === null) return
    // An experiment that was just opened is still being checked.
    const plan = await until(() => checked.plan).not.toBeNull()
    const parsed = active.parsed.value
    if (!parsed.ok) return tell(parsed.issues.slice(0, 1))
    if (!plan.ok) return tell(plan.issues.slice(0, 1))
    const { experimentScript } = await import('@shared/export-code')
    const script: Result<string> = experimentScript(framework, parsed.value, plan.value)
    if (!script.ok) return tell(script.issues)
    try {
      await navigator.clipboard.writeText(script.value)
      ElMessage.success(t('exports.copied'))
    } catch {
      const name = `${framework}.py`
      await saveFile(connection, { name, mediaType: 'text/x-python', content: new TextEncoder().encode(script.value) })
      ElMessage.info(t('exports.saved', { name }))
    }
  }

  /** Asks for a bundle and shows its run. */
  async function importBundle(): Promise<void> {
    if (window.descentHost === undefined) return pickFile('.zip,application/zip', (file) => void importFile(file))
    const opened = await connection.request('files.open', { kind: 'bundle' })
    if (opened !== null) imported(await connection.request('bundles.import', { path: opened.path }))
  }

  async function importFile(file: File): Promise<void> {
    if (file.size > MAX_UPLOAD_BYTES) return void ElMessage.warning(t('exports.tooLarge', { limit: formatBytes(MAX_UPLOAD_BYTES) }))
    imported(await connection.request('bundles.import', { content: new Uint8Array(await file.arrayBuffer()) }))
  }

  function imported(result: Result<{ readonly runId: string }>): void {
    if (!result.ok) return tell(result.issues)
    ElMessage.success(t('exports.imported'))
    frame.room = 'runs'
  }

  function tell(issues: readonly Issue[]): void {
    for (const issue of issues) ElMessage({ type: 'error', message: formatIssue(issue, settings.language), duration: 0, showClose: true })
  }

  return { busy, refused, exportRun, exportRunOrTell, copyScript, importBundle, importFile }
}
