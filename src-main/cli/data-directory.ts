import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where runs are kept: `--data-dir`, else DESCENT_DATA_DIR, else the platform's place for a user's data. */
export function chooseDataDirectory(option: string | undefined, environment: Environment, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  // An empty variable is as good as none, by the XDG rules.
  return resolve(option ?? (environment.DESCENT_DATA_DIR || join(userData(environment, platform, home), 'descent')))
}

function userData(environment: Environment, platform: NodeJS.Platform, home: string): string {
  switch (platform) {
    case 'win32':
      return environment.APPDATA || join(home, 'AppData', 'Roaming')
    case 'darwin':
      return join(home, 'Library', 'Application Support')
    default:
      return environment.XDG_DATA_HOME || join(home, '.local', 'share')
  }
}
