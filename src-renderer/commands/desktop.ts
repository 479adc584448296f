import type { DesktopCommand } from '@shared/protocol/contract'
import { useFiles } from '@renderer/builder/files'
import { useConnection } from '@renderer/stores/connection'
import { useCommands } from './commands'
import { useOverview } from './overview'
import { apple } from './platform'

/** Carries out what the desktop asks for: documents opened by their icon, entries of the application's menu. */
export function useDesktop() {
  const connection = useConnection()
  const files = useFiles()
  const commands = useCommands()
  const overview = useOverview()

  function run(name: DesktopCommand): void {
    switch (name) {
      case 'palette':
        return press('k', true)
      case 'shortcuts':
        return overview.show()
      case 'undo':
      case 'redo':
        // On Apple's systems the menu gets the keys first, also those meant for a text.
        if (isTyping()) return void document.execCommand(name)
        break
      default:
    }
    const command = commands.value.find(({ text }) => text === name)
    if (command?.enabled() === true) command.run()
  }

  /** Returns how to stop. */
  function follow(): () => void {
    return connection.subscribe(
      'desktop',
      () => ({}),
      (event) => {
        if (event.type === 'command') return run(event.command)
        files.openText(event.path, event.text, event.path)
      },
    )
  }

  return { follow, run }
}

/** As from the keyboard: what listens there is not reachable otherwise. */
function press(key: string, mod: boolean): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: mod && !apple, metaKey: mod && apple }))
}

function isTyping(): boolean {
  const { activeElement } = document
  return activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
}
