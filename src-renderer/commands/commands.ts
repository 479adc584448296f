import { computed } from 'vue'
import { exporters } from '@shared/catalog/exporters'
import { useFiles } from '@renderer/builder/files'
import { useExports } from '@renderer/components/exports'
import { focusRoom } from '@renderer/components/focus'
import type { commands as texts } from '@renderer/locales/commands'
import { useChecked } from '@renderer/stores/checked'
import { useExperiments } from '@renderer/stores/experiments'
import { useFrame, type Room } from '@renderer/stores/frame'
import { useSelection } from '@renderer/stores/selection'
import { useSettings } from '@renderer/stores/settings'
import { useTraining } from '@renderer/stores/training'
import { useRunControls } from './run-controls'
import { useDistillation } from '@renderer/views/lab/distillation/store'
import { useOverview } from './overview'
import type { Shortcut } from './shortcut'

export interface Command {
  /** Key of its text in the area `commands`. */
  readonly text: keyof typeof texts
  /** What the text's `{what}` stands for. */
  readonly what?: string
  readonly shortcut: Shortcut | null
  /** Also while the person types into a field. */
  readonly whileTyping?: boolean
  readonly enabled: () => boolean
  readonly run: () => void
}

const ALWAYS = (): boolean => true

/** Everything that the palette and the keyboard can do anywhere. */
export function useCommands() {
  const frame = useFrame()
  const training = useTraining()
  const experiments = useExperiments()
  const settings = useSettings()
  const checked = useChecked()
  const files = useFiles()
  const selection = useSelection()
  const distillation = useDistillation()
  const overview = useOverview()
  const { exportRunOrTell, copyScript, importBundle } = useExports()
  const { train, control, stop } = useRunControls()

  function save(elsewhere: boolean): void {
    if (experiments.active !== null) void files.save(experiments.active, elsewhere)
  }

  function nextTab(): void {
    const at = experiments.tabs.findIndex((tab) => tab.id === experiments.activeId)
    const next = experiments.tabs[(at + 1) % Math.max(1, experiments.tabs.length)]
    if (next !== undefined) experiments.activate(next.id)
  }

  function enter(room: Room): void {
    frame.room = room
    void focusRoom()
  }

  const go = (text: Command['text'], room: Room, index: number): Command => ({ text, shortcut: `Alt+${index}`, whileTyping: true, enabled: ALWAYS, run: () => enter(room) })
  /** The run that the person looks at. */
  const shownRun = (): string | null => (frame.room === 'runs' ? selection.focused : training.currentId)
  const status = (): string | undefined => training.current?.status

  return computed<readonly Command[]>(() => [
    { text: 'train', shortcut: 'Mod+Enter', whileTyping: true, enabled: () => experiments.active !== null && checked.issues.length === 0, run: () => void train() },
    { text: 'pause', shortcut: 'Mod+P', whileTyping: true, enabled: () => status() === 'running' || status() === 'paused', run: () => control(status() === 'paused' ? 'resume' : 'pause') },
    { text: 'step', shortcut: 'Mod+.', enabled: () => status() === 'running' || status() === 'paused', run: () => control('step') },
    { text: 'stop', shortcut: 'Mod+Shift+.', enabled: () => training.busy, run: stop },
    { text: 'undo', shortcut: 'Mod+Z', enabled: () => experiments.active?.canUndo.value === true, run: () => experiments.active?.undo() },
    { text: 'redo', shortcut: 'Mod+Shift+Z', enabled: () => experiments.active?.canRedo.value === true, run: () => experiments.active?.redo() },
    { text: 'newExperiment', shortcut: 'Alt+N', enabled: ALWAYS, run: files.create },
    { text: 'openSample', shortcut: null, enabled: ALWAYS, run: () => void files.openExample('digits-mlp') },
    { text: 'open', shortcut: 'Mod+O', whileTyping: true, enabled: ALWAYS, run: () => void files.open() },
    { text: 'save', shortcut: 'Mod+S', whileTyping: true, enabled: () => experiments.active !== null, run: () => save(false) },
    ...(window.descentHost === undefined ? [] : [{ text: 'saveAs', shortcut: 'Mod+Shift+S', whileTyping: true, enabled: () => experiments.active !== null, run: () => save(true) } as const]),
    {
      text: 'closeTab',
      shortcut: 'Alt+W',
      enabled: () => experiments.activeId !== null,
      run: () => {
        if (experiments.activeId !== null) experiments.close(experiments.activeId)
      },
    },
    { text: 'reopenTab', shortcut: 'Alt+Shift+W', enabled: () => experiments.closed.length > 0, run: experiments.reopen },
    { text: 'nextTab', shortcut: 'Alt+T', enabled: () => experiments.tabs.length > 1, run: nextTab },
    go('goBuild', 'build', 1),
    go('goTrain', 'train', 2),
    go('goRuns', 'runs', 3),
    go('goCompare', 'compare', 4),
    go('goReplay', 'replay', 5),
    go('goLab', 'lab', 6),
    go('goDevices', 'devices', 7),
    ...exporters.map(
      ({ type, title }): Command => ({
        text: 'exportRun',
        what: title[settings.language],
        shortcut: null,
        enabled: () => shownRun() !== null,
        run: () => {
          const runId = shownRun()
          if (runId !== null) void exportRunOrTell(runId, type)
        },
      }),
    ),
    {
      text: 'distill',
      shortcut: null,
      enabled: () => shownRun() !== null,
      run: () => {
        const runId = shownRun()
        if (runId !== null) distillation.teach(runId)
      },
    },
    { text: 'distillFile', shortcut: null, enabled: ALWAYS, run: () => distillation.show({ teacher: { file: null }, feature: null }) },
    { text: 'importRun', shortcut: null, enabled: ALWAYS, run: () => void importBundle() },
    { text: 'copyKeras', shortcut: null, enabled: () => experiments.active !== null, run: () => void copyScript('keras') },
    { text: 'copyPytorch', shortcut: null, enabled: () => experiments.active !== null, run: () => void copyScript('pytorch') },
    { text: 'shortcuts', shortcut: 'Mod+/', whileTyping: true, enabled: ALWAYS, run: overview.show },
    { text: 'toggleTheme', shortcut: 'Alt+D', enabled: ALWAYS, run: () => (settings.theme = settings.dark ? 'light' : 'dark') },
    { text: 'toggleLanguage', shortcut: null, enabled: ALWAYS, run: () => (settings.language = settings.language === 'en' ? 'zh-CN' : 'en') },
  ])
}
