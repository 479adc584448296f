import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostService, type Desktop } from '@main/service'
import { memoryPair } from '@shared/protocol/channels/memory'
import type { Client } from '@shared/protocol/contract'
import { connectChannel, serveChannel } from '@shared/protocol/rpc'
import { ROOT, TestCore } from './core'

/** The host's service over a real core, and windows to it; `close` removes the data directory. */
export class TestHost {
  /** What the service threw; a test that expects some empties it. */
  readonly errors: unknown[] = []
  readonly #clients: Client[] = []

  private constructor(
    readonly core: TestCore,
    readonly service: HostService,
  ) {}

  static async open(options: { readonly directory?: string; readonly desktop?: Desktop; readonly lanes?: number } = {}): Promise<TestHost> {
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'descent-service-'))
    const core = await TestCore.open({ directory, lanes: options.lanes })
    const service = await HostService.open({
      core: core.core,
      dataDirectory: directory,
      resourcesDirectory: join(ROOT, 'resources'),
      programDirectory: join(ROOT, 'out', 'main'),
      version: 'test',
      desktop: options.desktop ?? null,
    })
    return new TestHost(core, service)
  }

  get directory(): string {
    return this.core.directory
  }

  /** A window, connected as Electron's are. */
  window(): Client {
    const [host, window] = memoryPair()
    serveChannel(this.service, host, { onError: (_subject, error) => this.errors.push(error) })
    const client = connectChannel(window)
    this.#clients.push(client)
    return client
  }

  /** Ends the host, keeping the files. Throws what went wrong inside it meanwhile. */
  async quit(): Promise<void> {
    await this.#end()
    await this.core.quit()
  }

  async close(): Promise<void> {
    await this.#end()
    await this.core.close()
  }

  async #end(): Promise<void> {
    for (const client of this.#clients) client.close()
    await this.service.close()
    if (this.errors.length > 0) throw new AggregateError(this.errors, String(this.errors[0]))
  }
}
