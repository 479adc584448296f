import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestName, RequestParams, RequestResults, Service, TopicEvents, TopicFilter, TopicName } from '@shared/protocol/contract'
import { refuse } from '@shared/spec/issue'
import { FILES_FOLDER, type ServiceOptions } from './context'
import { DocumentPlaces } from './document-places'
import { FileGrants } from './file-grants'
import type { Handlers, Topics } from './handlers'
import { PreviewThread } from './preview-thread'
import { appRequests } from './requests/app'
import { datasetRequests } from './requests/datasets'
import { deviceRequests } from './requests/devices'
import { distillationRequests } from './requests/distillation'
import { exampleRequests } from './requests/examples'
import { lessonRequests } from './requests/lessons'
import { bundleRequests } from './requests/bundles'
import { exportRequests } from './requests/exports'
import { fileRequests } from './requests/files'
import { runRequests } from './requests/runs'
import { seriesRequests } from './requests/series'
import { settingsRequests } from './requests/settings'
import { openWorkspace } from './requests/workspace'
import { RunViews } from './run-view'
import { desktopTopic } from './topics/desktop'
import { pointsTopic } from './topics/points'
import { RunChangeFeed } from './topics/runs'
import { trainingTopic } from './topics/training'

/** The contract over a core: what every host serves to its windows. */
export class HostService implements Service {
  readonly #requests: Handlers
  readonly #topics: Topics
  readonly #close: () => Promise<void>
  /** Documents that windows may write to unasked; the desktop adds those that it opens by itself. */
  readonly grants: FileGrants

  private constructor(parts: { readonly requests: Handlers; readonly topics: Topics; readonly grants: FileGrants; readonly close: () => Promise<void> }) {
    this.#requests = parts.requests
    this.#topics = parts.topics
    this.grants = parts.grants
    this.#close = parts.close
  }

  /** Throws `files-unusable`: something else stands where a file of the data directory belongs, or it may not be read. */
  static async open(options: ServiceOptions): Promise<HostService> {
    const { core, dataDirectory, resourcesDirectory, programDirectory } = options
    const now = (): number => Date.now()
    await makeFolder(join(dataDirectory, FILES_FOLDER))
    const workspace = await openWorkspace(dataDirectory, now)
    const grants = await FileGrants.open(dataDirectory, now)
    const places = new DocumentPlaces(options, workspace)
    const previews = new PreviewThread(join(programDirectory, 'preview.js'), resourcesDirectory)
    const views = new RunViews()
    const feed = new RunChangeFeed(core, views)
    return new HostService({
      requests: {
        ...appRequests(options),
        ...(await settingsRequests(options, now)),
        ...workspace.requests,
        ...exampleRequests(resourcesDirectory),
        ...lessonRequests(resourcesDirectory),
        ...fileRequests(options, grants),
        ...datasetRequests(places, previews),
        ...deviceRequests(core, places),
        ...runRequests(core, places, views, feed, now),
        ...distillationRequests(core, places, feed),
        ...seriesRequests(core.history),
        ...exportRequests(core.history),
        ...bundleRequests(core.history, options, places, feed),
      },
      topics: { runs: feed.topic, points: pointsTopic(core), training: trainingTopic(core), desktop: desktopTopic(options.desktop) },
      grants,
      close: async () => {
        feed.close()
        await previews.close()
      },
    })
  }

  async request<K extends RequestName>(name: K, params: RequestParams<K>): Promise<RequestResults[K]> {
    return await this.#requests[name](params)
  }

  subscribe<K extends TopicName>(topic: K, filter: TopicFilter<K>, emit: (event: TopicEvents[K]) => void, fail: (error: unknown) => void): () => void {
    return this.#topics[topic](filter, emit, fail)
  }

  /** Ends what the service started; the core is its owner's. */
  async close(): Promise<void> {
    await this.#close()
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => refuse('files-unusable', [], { path, reason: error.message }))
}
