import { ESLint } from 'eslint'
import { resolve } from 'node:path'
import tseslint from 'typescript-eslint'
import { beforeAll, describe, expect, it } from 'vitest'

/** Each snippet, as if it stood in that file, breaks exactly that rule. */
const violations: readonly (readonly [file: string, code: string, rule: string])[] = [
  // src-shared runs everywhere.
  ['src-shared/lib/a.ts', "import { readFileSync } from 'node:fs'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "import { readFileSync } from 'fs'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "import type { Stats } from 'node:fs'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "export * from 'node:path'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "export const fs = () => import('node:fs')", 'no-restricted-syntax'],
  ['src-shared/lib/a.ts', "import { app } from 'electron'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "import { ref } from 'vue'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "import { openCore } from '@main/core'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "import { openCore } from '../../src-main/core'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', "export const core = () => import('../../src-main/core')", 'no-restricted-syntax'],
  ['src-shared/lib/a.ts', "import { store } from '../../src-renderer/stores'", 'no-restricted-imports'],
  ['src-shared/graph/a.ts', "import * as ort from 'onnxruntime-node'", 'no-restricted-imports'],
  ['src-shared/graph/a.ts', "import * as tf from '@tensorflow/tfjs-core'", 'no-restricted-imports'],
  ['src-shared/lib/a.ts', 'export const x = Math.random()', 'no-restricted-syntax'],
  ['src-shared/lib/a.ts', 'export const x = Date.now()', 'no-restricted-syntax'],
  ['src-shared/lib/a.ts', 'export const x = new Date()', 'no-restricted-syntax'],
  ['src-shared/lib/a.ts', 'export const x = document.title', 'no-restricted-globals'],
  ['src-shared/lib/a.ts', 'export const x = process.env', 'no-restricted-globals'],
  ['src-shared/lib/a.ts', 'export const x = performance', 'no-restricted-globals'],
  // SQL lives in the history.
  ['src-main/core/runs.ts', "import Database from 'better-sqlite3'", 'no-restricted-imports'],
  ['src-main/core/runs.ts', "export const query = 'SELECT id FROM runs'", 'no-restricted-syntax'],
  ['src-main/core/runs.ts', 'export const query = (id: number) => `UPDATE runs\n SET name = ${id}`', 'no-restricted-syntax'],
  ['src-main/cli/a.ts', "export const load = () => import('better-sqlite3')", 'no-restricted-syntax'],
  // Tensor libraries live in their engine.
  ['src-main/core/runs.ts', "import * as ort from 'onnxruntime-node'", 'no-restricted-imports'],
  ['src-main/worker/loop.ts', "import * as tf from '@tensorflow/tfjs-core'", 'no-restricted-imports'],
  ['src-main/engines/tfjs/a.ts', "import * as ort from 'onnxruntime-node'", 'no-restricted-imports'],
  ['src-main/engines/onnx/a.ts', "import * as tf from '@tensorflow/tfjs-core'", 'no-restricted-imports'],
  ['src-main/engines/onnx/a.ts', "import { LAYERS } from '@shared/catalog/layers'", 'no-restricted-imports'],
  // Electron and the user interface have one room each.
  ['src-main/core/runs.ts', "import { app } from 'electron'", 'no-restricted-imports'],
  ['src-main/core/runs.ts', "import { store } from '@renderer/stores'", 'no-restricted-imports'],
  ['src-main/core/history/a.ts', "import { app } from 'electron'", 'no-restricted-imports'],
  ['src-main/electron/a.ts', "import Database from 'better-sqlite3'", 'no-restricted-imports'],
  ['src-main/core/runs.ts', "import { fixture } from '@test/fixtures/a'", 'no-restricted-imports'],
  ['src-renderer/stores/a.ts', "import { openCore } from '@main/core'", 'no-restricted-imports'],
  ['src-renderer/stores/a.ts', "import { openCore } from '../../src-main/core'", 'no-restricted-imports'],
  ['src-renderer/stores/a.ts', "import { readFileSync } from 'node:fs'", 'no-restricted-imports'],
  ['src-renderer/stores/a.ts', "import { ipcRenderer } from 'electron'", 'no-restricted-imports'],
  ['src-renderer/charts/a.ts', "import * as tf from '@tensorflow/tfjs-core'", 'no-restricted-imports'],
  ['src-renderer/app/A.vue', '<script setup lang="ts">import { openCore } from "@main/core"</script>', 'no-restricted-imports'],
  ['src-renderer/app/A.vue', '<script setup lang="ts">const fs = await import("node:fs")</script>', 'no-restricted-syntax'],
  ['src-renderer/app/A.vue', '<script setup lang="ts">const x: any = 1</script>', '@typescript-eslint/no-explicit-any'],
  ['test/unit/a.test.ts', "import fc from 'fast-check'", 'no-restricted-imports'],
  // Style that reviews would otherwise repeat.
  ['src-shared/lib/a.ts', 'export default function a() {}', 'no-restricted-exports'],
  ['src-shared/lib/a.ts', 'export const a = (x: any) => String(x)', '@typescript-eslint/no-explicit-any'],
  ['src-shared/lib/a.ts', 'export const a = (x: string | null) => x!.length', 'house/explained-non-null'],
  ['src-shared/lib/a.ts', '// @ts-ignore\nexport const a: number = ""', '@typescript-eslint/ban-ts-comment'],
  ['src-shared/lib/a.ts', 'export const a = 1\n'.repeat(1) + '\n'.repeat(400), 'house/max-lines'],
]

/** Each stands where it belongs. */
const allowed: readonly (readonly [file: string, code: string])[] = [
  ['src-shared/lib/a.ts', "import { z } from 'zod'\nexport const a = z.string()"],
  ['src-shared/lib/a.ts', 'export const a = new Date(0)'],
  ['src-shared/lib/a.ts', '// A definition always has a title.\nexport const a = (x: string | null) => x!.length'],
  ['src-shared/lib/a.ts', '/* Above 400 lines: a table. */\nexport const a = 1' + '\n'.repeat(400)],
  ['src-main/core/history/a.ts', "import Database from 'better-sqlite3'\nexport const a = new Database('').prepare('SELECT id FROM runs')"],
  ['src-main/engines/onnx/a.ts', "import * as ort from 'onnxruntime-node'\nexport const a = ort"],
  ['src-main/engines/tfjs/a.ts', "import * as tf from '@tensorflow/tfjs-core'\nexport const a = tf"],
  ['src-main/electron/a.ts', "import { app } from 'electron'\nexport const a = app"],
  ['src-main/core/a.ts', "import { readFileSync } from 'node:fs'\nexport const a = readFileSync"],
  ['src-renderer/stores/a.ts', "import { ref } from 'vue'\nexport const a = ref(document.title)"],
  ['src-renderer/app/A.vue', '<script setup lang="ts">import { ref } from "vue"\nconst a = ref(1)</script>\n<template><p>{{ a }}</p></template>'],
  ['test/unit/a.test.ts', "import { fc } from '@test/helpers/property'\nexport const a = fc"],
  ['vitest.config.ts', 'export default {}'],
]

describe('lint', () => {
  let eslint: ESLint
  beforeAll(() => {
    // The snippets are files of no project: rules that need types are left out.
    eslint = new ESLint({ cwd: resolve(import.meta.dirname, '../../..'), overrideConfig: [tseslint.configs.disableTypeChecked] })
  })

  async function rulesBroken(file: string, code: string): Promise<readonly (string | null)[]> {
    const [result] = await eslint.lintText(code, { filePath: file })
    return (result?.messages ?? []).map((message) => message.ruleId)
  }

  it.each(violations)('refuses in %s: %s', async (file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule)
  })

  it.each(allowed)('allows in %s: %s', async (file, code) => {
    expect(await rulesBroken(file, code)).toEqual([])
  })

  it('cannot be switched off in a file', async () => {
    const code = '/* eslint-disable */\nexport const x = Math.random()'
    expect(await rulesBroken('src-shared/lib/a.ts', code)).toContain('no-restricted-syntax')
  })
})
