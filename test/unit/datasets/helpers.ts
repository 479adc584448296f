import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import { loadDataset, previewDataset, readRaw } from '@main/core/datasets'
import { datasetSchema } from '@shared/catalog/datasets'
import type { DataSummary, PreparedData, RawData } from '@shared/data/types'
import { formatIssue, issueMessages } from '@shared/locales/issues'
import type { Issue, Result } from '@shared/spec/issue'

export const resourcesDirectory = path.resolve(import.meta.dirname, '../../../resources')

/** A folder that vanishes after each test. */
export class Folder {
  #path: string | null = null

  constructor() {
    afterEach(() => {
      if (this.#path !== null) rmSync(this.#path, { recursive: true, force: true })
      this.#path = null
    })
  }

  get path(): string {
    this.#path ??= mkdtempSync(path.join(tmpdir(), 'descent-data-'))
    return this.#path
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(path.join(this.path, name), content)
    return name
  }

  folder(name: string): void {
    mkdirSync(path.join(this.path, name), { recursive: true })
  }

  load(document: object, seed = 42): Promise<Result<PreparedData>> {
    return loadDataset(datasetSchema.parse(document), { baseDirectory: this.path, resourcesDirectory, seed })
  }

  preview(document: object, seed = 42): Promise<Result<DataSummary>> {
    return previewDataset(datasetSchema.parse(document), { baseDirectory: this.path, resourcesDirectory, seed })
  }

  raw(document: object, seed = 42): Promise<RawData> {
    return readRaw(datasetSchema.parse(document), { baseDirectory: this.path, resourcesDirectory, seed })
  }
}

/** The issues; each must have a message in both languages whose every placeholder is filled. */
export function issuesOf(result: Result<unknown>): readonly Issue[] {
  if (result.ok) throw new Error('expected issues, got a value')
  for (const each of result.issues) checkMessage(each)
  return result.issues
}

export function checkMessage(each: Issue): void {
  if (issueMessages[each.code] === undefined) throw new Error(`no message for ${each.code}`)
  for (const language of ['en', 'zh-CN'] as const) {
    const text = formatIssue(each, language)
    if (/\{\w+\}/.test(text)) throw new Error(`unfilled: ${text}`)
  }
}
