import { spawn } from 'node:child_process'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether a browser opened here would be seen by the person at the terminal. */
export function hasScreen(environment: Environment, platform: NodeJS.Platform): boolean {
  if (isSet(environment.CI) || isSet(environment.SSH_CONNECTION)) return false
  return platform === 'win32' || platform === 'darwin' || isSet(environment.DISPLAY) || isSet(environment.WAYLAND_DISPLAY)
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}

/** Opens the address in the person's browser; resolves to whether that could be started. */
export async function openBrowser(url: string, platform: NodeJS.Platform): Promise<boolean> {
  const [command, ...args] = browserCommand(url, platform)
  return await new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

/** The address is the server's own and holds nothing that a shell would take for more than text. */
export function browserCommand(url: string, platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}
