import { join } from 'node:path'
import type { Workspace } from '@shared/protocol/contract'
import { requestSchemas } from '@shared/protocol/contract'
import type { Handlers } from '../handlers'
import { JsonFile } from '../json-file'

export interface WorkspaceFile {
  readonly requests: Handlers<'workspace.read' | 'workspace.write'>
  /** As last written. */
  readonly current: () => Workspace
}

/** The open documents, kept so that closing a window loses nothing. */
export async function openWorkspace(dataDirectory: string, now: () => number): Promise<WorkspaceFile> {
  const file = await JsonFile.open(join(dataDirectory, 'workspace.json'), requestSchemas['workspace.write'], { tabs: [], active: null }, now)
  return {
    current: () => file.value,
    requests: {
      'workspace.read': () => file.value,
      'workspace.write': async (workspace) => {
        await file.write(workspace)
        return null
      },
    },
  }
}
