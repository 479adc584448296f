import { join } from 'node:path'
import { app } from 'electron'
import { chooseDataDirectory } from '@main/cli/data-directory'
import { version } from '../../package.json'
import { documentsIn } from './documents'
import { guardPages, guardSession } from './guard'
import { registerScheme } from './scheme'
import { explainFailure, placesOf, Shell } from './shell'

/** Entry of the desktop program. A second start hands its documents to the first. */
async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.enableSandbox()
  registerScheme()
  guardPages()
  // Apple's systems name the documents before the program is ready.
  const documents = [...documentsIn(process.argv.slice(1), process.cwd())]
  const collect = (event: { preventDefault(): void }, path: string): void => {
    event.preventDefault()
    documents.push(path)
  }
  app.on('open-file', collect)
  await app.whenReady()
  guardSession()
  app.off('open-file', collect)
  const places = placesOf(import.meta.dirname)
  try {
    await Shell.open({
      ...places,
      dataDirectory: chooseDataDirectory(undefined, process.env),
      icon: join(places.resourcesDirectory, 'icons', 'icon.png'),
      version,
      documents,
    })
  } catch (error) {
    explainFailure(error)
    app.exit(1)
  }
}

void main()
