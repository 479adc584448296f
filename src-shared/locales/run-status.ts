import type { Text } from '@shared/catalog/definition'
import type { RunStatus } from '@shared/protocol/views'

/** How a run stands, in words. */
export const RUN_STATUS_WORDS = {
  queued: { en: 'queued', 'zh-CN': '排队中' },
  running: { en: 'running', 'zh-CN': '运行中' },
  paused: { en: 'paused', 'zh-CN': '已暂停' },
  stopped: { en: 'stopped', 'zh-CN': '已停止' },
  interrupted: { en: 'interrupted', 'zh-CN': '已中断' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  done: { en: 'done', 'zh-CN': '已完成' },
} as const satisfies Readonly<Record<RunStatus, Text>>
