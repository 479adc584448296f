import { dialog, type BrowserWindow, type FileFilter } from 'electron'
import type { Say } from './text'

type Kind = 'document' | 'data' | 'folder' | 'bundle'

/** Asks for a path; null when canceled. */
export async function askOpen(window: BrowserWindow | null, kind: Kind, say: Say): Promise<string | null> {
  const options = { properties: [kind === 'folder' ? ('openDirectory' as const) : ('openFile' as const)], filters: filtersOf(kind, say) }
  const { filePaths } = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return filePaths[0] ?? null
}

export async function askSave(window: BrowserWindow | null, path: string): Promise<string | null> {
  const options = { defaultPath: path }
  const { filePath, canceled } = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return canceled || filePath === '' ? null : filePath
}

function filtersOf(kind: Kind, say: Say): FileFilter[] {
  const everything = { name: say('everything'), extensions: ['*'] }
  switch (kind) {
    case 'document':
      return [{ name: say('experiments'), extensions: ['json'] }, everything]
    case 'data':
      return [{ name: say('data'), extensions: ['csv', 'tsv', 'txt', 'npy', 'npz', 'gz', 'idx', '*'] }, everything]
    case 'bundle':
      return [{ name: say('bundles'), extensions: ['zip', 'descent-run'] }, everything]
    case 'folder':
      return []
  }
}

/** Whether to stop the runs and quit. */
export async function askLeave(window: BrowserWindow | null, count: number, say: Say): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: say('leaveTitle'),
    detail: say('leaveDetail').replace('{count}', String(count)),
    buttons: [say('leave'), say('stay')],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options)
  return response === 0
}
