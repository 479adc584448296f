import type { AreaMessages } from './messages'

export const replay = {
  empty: { en: 'Nothing to replay yet. Mark finished runs in the Runs room and press Replay.', 'zh-CN': '还没有可回放的运行。请在“运行”中勾选已结束的运行并点击“回放”。' },
  chooseRuns: { en: 'Choose runs', 'zh-CN': '选择运行' },
  transport: { en: 'Playback', 'zh-CN': '播放控制' },
  play: { en: 'Play (Space)', 'zh-CN': '播放（空格）' },
  pause: { en: 'Pause (Space)', 'zh-CN': '暂停（空格）' },
  previousEvent: { en: 'Previous event ([)', 'zh-CN': '上一个事件（[）' },
  nextEvent: { en: 'Next event (])', 'zh-CN': '下一个事件（]）' },
  position: { en: 'Position', 'zh-CN': '位置' },
  unit: { en: 'In step by', 'zh-CN': '同步方式' },
  speed: { en: 'Speed', 'zh-CN': '速度' },
  paused: { en: 'pause', 'zh-CN': '暂停' },
  present: { en: 'step {step} · epoch {epoch} · {time}', 'zh-CN': '第 {step} 步 · 第 {epoch} 轮 · {time}' },
  verify: { en: 'Run again and verify', 'zh-CN': '重新运行并验证' },
  verifyHint: { en: 'Trains the same document again and compares every recorded value bit by bit', 'zh-CN': '重新训练同一文档，并逐位比较每个记录值' },
  verifying: { en: 'Training again', 'zh-CN': '正在重新训练' },
  cancel: { en: 'Cancel', 'zh-CN': '取消' },
  identical: { en: 'Bit-identical: all {points} values of {metrics} metrics up to step {step}.', 'zh-CN': '逐位一致：截至第 {step} 步，{metrics} 项指标的全部 {points} 个值相同。' },
  different: { en: 'First difference at step {step}: {metric} was {before}, is now {after}.', 'zh-CN': '首个差异在第 {step} 步：{metric} 原为 {before}，现为 {after}。' },
  missing: { en: 'At step {step} only one of the two runs has a value of {metric}.', 'zh-CN': '在第 {step} 步，只有其中一次运行有 {metric} 的值。' },
  changedByHand: { en: 'The learning rate was changed by hand at step {step}: compared up to there.', 'zh-CN': '学习率在第 {step} 步被手动修改：只比较到该步。' },
} as const satisfies AreaMessages
