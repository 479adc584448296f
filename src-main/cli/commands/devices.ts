import type { DeviceReport } from '@shared/protocol/devices'
import { newCommand, type AnyCommand, type Choose } from '../command'
import { trainingEntry, type CliContext } from '../context'
import { EXIT } from '../exit-codes'
import { listDevices } from '../list-devices'
import { TEXT } from '../text'

export function devicesCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('devices', TEXT.commandDevices, context)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action(({ json }) => {
      choose(async () => {
        const devices = await listDevices(trainingEntry(context))
        if (json) for (const device of devices) screen.printJson(device)
        else for (const device of devices) showDevice(context, device)
        return devices.some((device) => device.available) ? EXIT.done : EXIT.failed
      })
    })
}

function showDevice({ screen }: CliContext, { id, title, available, version, reason, enable, unverified }: DeviceReport): void {
  screen.print(`${id.padEnd(16)} ${screen.say(available ? TEXT.available : TEXT.notAvailable)}  ${title} ${version}`.trimEnd())
  const indent = ' '.repeat(17)
  if (unverified) screen.print(indent + screen.say(TEXT.unverified))
  if (reason !== null) screen.print(indent + reason)
  if (enable !== null) screen.print(indent + screen.say(TEXT.enable, { command: enable }))
}
