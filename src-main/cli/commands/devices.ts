import { dirname, resolve } from 'node:path'
import { lookJob } from '@main/core/training/look'
import { deviceIssues, isAccelerator, type DeviceReport, type Placements } from '@shared/protocol/devices'
import { formatIssue, type Language } from '@shared/locales/issues'
import type { ExperimentDocument } from '@shared/spec'
import { failure, success, type Result } from '@shared/spec/issue'
import { newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, trainingEntry, type CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT, type ExitCode } from '../exit-codes'
import { listDevices, withLanes } from '../list-devices'
import { issueJson } from '../screen'
import { layOutTable } from '../table'
import { TEXT } from '../text'

/** Parts of the model that are named in a line. */
const SHOWN_PARTS = 3

export function devicesCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('devices', TEXT.commandDevices, context)
    .option('--placements <document>', screen.say(TEXT.optionPlacements))
    .option('--engine <device>', screen.say(TEXT.optionPlacementsDevice))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action(({ placements, engine, json }) => {
      choose(async () => {
        if (placements !== undefined) return await showPlacements(context, placements, engine, json)
        const devices = await listDevices(trainingEntry(context))
        if (json) for (const device of devices) screen.printJson(deviceJson(device, screen.language))
        else for (const device of devices) showDevice(context, device)
        return devices.some((device) => device.available) ? EXIT.done : EXIT.failed
      })
    })
}

function showDevice({ screen }: CliContext, { id, title, available, version, reasons, enable, unverified }: DeviceReport): void {
  screen.print(`${id.padEnd(16)} ${screen.say(available ? TEXT.available : TEXT.notAvailable)}  ${screen.say(title)} ${version}`.trimEnd())
  const indent = ' '.repeat(17)
  if (unverified) screen.print(indent + screen.say(TEXT.unverified))
  for (const reason of reasons) screen.print(indent + formatIssue(reason, screen.language))
  if (enable !== null) screen.print(indent + screen.say(TEXT.enable, { command: enable }))
}

function deviceJson(report: DeviceReport, language: Language): object {
  return { ...report, title: report.title[language], reasons: report.reasons.map((each) => issueJson(each, language)) }
}

async function showPlacements(context: CliContext, path: string, engine: string | undefined, json: boolean): Promise<ExitCode> {
  const document = await readDocument(path, { engine })
  const found = document.ok ? await findPlacements(context, document.value, path) : document
  if (!found.ok) return refuseIssues(context, found.issues, json)
  if (json) context.screen.printJson(found.value)
  else printPlacements(context, found.value)
  return EXIT.done
}

async function findPlacements(context: CliContext, document: ExperimentDocument, path: string): Promise<Result<Placements>> {
  const device = await deviceOf(context, document)
  if (!device.ok) return device
  const request = { document, baseDirectory: dirname(resolve(path)), device: device.value }
  const job = lookJob(request, { resourcesDirectory: resourcesDirectory(context), artifactsDirectory: '' })
  return await withLanes(trainingEntry(context), async (lanes) => await lanes.placements(job))
}

/** The document's, or the first besides the CPU: that is where placements are of interest. */
async function deviceOf(context: CliContext, { engine: { preference } }: ExperimentDocument): Promise<Result<string>> {
  const devices = await listDevices(trainingEntry(context))
  if (preference === 'auto') return success(devices.find(({ id, available }) => available && isAccelerator(id))?.id ?? 'onnx-cpu')
  const refused = deviceIssues(preference, devices)
  return refused.length === 0 ? success(preference) : failure(...refused)
}

function printPlacements({ screen }: CliContext, { device, placements }: Placements): void {
  const nodes = placements.reduce((sum, { count }) => sum + count, 0)
  const cpu = placements.reduce((sum, { place, count }) => sum + (place === 'cpu' ? count : 0), 0)
  const rows = placements.map(({ operator, place, count, milliseconds, scopes }) => [
    operator,
    place === 'cpu' ? 'CPU' : device,
    String(count),
    milliseconds.toFixed(3),
    scopes.slice(0, SHOWN_PARTS).join(', ') + (scopes.length > SHOWN_PARTS ? ', …' : ''),
  ])
  const columns = [
    { title: screen.say(TEXT.placementOperator) },
    { title: screen.say(TEXT.placementPlace) },
    { title: screen.say(TEXT.placementNodes), align: 'right' },
    { title: screen.say(TEXT.placementTime), align: 'right' },
    { title: screen.say(TEXT.placementParts) },
  ] as const
  for (const line of layOutTable(columns, rows)) screen.print(line)
  screen.print(screen.say(TEXT.placementSummary, { device, cpu, nodes }))
}
