import type { IssueMessages } from './messages'

export const cliIssues = {
  'cli-file-missing': {
    en: 'There is no file {path}. Check the name and the folder.',
    'zh-CN': '没有文件 {path}。请检查文件名和文件夹。',
  },
  'cli-file-unreadable': {
    en: '{path} cannot be read: {reason}. Give a readable file.',
    'zh-CN': '无法读取 {path}：{reason}。请提供可读的文件。',
  },
  'cli-set-form': {
    en: '--set {given}: write path=value, such as --set training.epochs=5.',
    'zh-CN': '--set {given}：请写成 路径=值，例如 --set training.epochs=5。',
  },
  'cli-set-unknown': {
    en: '--set: there is no "{part}" here. Entries of a list go by their number (from 0) or their id.',
    'zh-CN': '--set：这里没有“{part}”。列表中的项用序号（从 0 开始）或 id 指定。',
  },
  'cli-set-not-inside': {
    en: '--set: "{part}" cannot be set inside the value {found}. Set the value itself, or give an object first.',
    'zh-CN': '--set：不能在值 {found} 里面设置“{part}”。请直接设置该值，或先给出一个对象。',
  },
  'cli-run-unknown': {
    en: 'There is no run {run} in {directory}. `descent runs` lists them; a unique beginning of the id, or "last", is enough.',
    'zh-CN': '{directory} 中没有运行 {run}。`descent runs` 会列出全部；可用 id 的唯一开头或 "last"。',
  },
  'cli-run-ambiguous': {
    en: '{run} is the beginning of {count} runs: {candidates}. Give more of the id.',
    'zh-CN': '{run} 是 {count} 个运行的开头：{candidates}。请给出更长的 id。',
  },
  'cli-output-exists': {
    en: '{path} exists. Choose another name, or add --force to replace it.',
    'zh-CN': '{path} 已存在。请换个名称，或加上 --force 覆盖它。',
  },
  'cli-output-unwritable': {
    en: '{path} cannot be written: {reason}. Choose a folder that exists and may be written.',
    'zh-CN': '无法写入 {path}：{reason}。请选择存在且可写的文件夹。',
  },
  'cli-picture-format': {
    en: 'A picture is written as .svg or .png, but the name is {path}. Give --out a name that ends in one of them.',
    'zh-CN': '图片只能写为 .svg 或 .png，但文件名是 {path}。请让 --out 的文件名以其中之一结尾。',
  },
  'cli-racer-form': {
    en: '“{given}” names no optimizer. Write --optimizer adam, or --optimizer momentum,dialect=pytorch,learningRate=0.02.',
    'zh-CN': '“{given}”不是优化器。请写作 --optimizer adam，或 --optimizer momentum,dialect=pytorch,learningRate=0.02。',
  },
  'cli-numbers-form': {
    en: '--{option} takes {count} numbers with commas between them, but is “{given}”.',
    'zh-CN': '--{option} 需要用逗号分隔的 {count} 个数，但给出的是“{given}”。',
  },
  'cli-race-not-json': {
    en: '{path} is no JSON ({reason}).',
    'zh-CN': '{path} 不是 JSON（{reason}）。',
  },
} as const satisfies IssueMessages
