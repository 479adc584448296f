import type { AreaMessages } from './messages'

export const replay = {
  empty: { en: 'Nothing to replay yet. Mark finished runs in the Runs room and press Replay.', 'zh-CN': '还没有可回放的运行。请在“运行”中勾选已结束的运行并点击“回放”。' },
  chooseRuns: { en: 'Choose runs', 'zh-CN': '选择运行' },
} as const satisfies AreaMessages
