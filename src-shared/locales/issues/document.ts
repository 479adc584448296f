import type { IssueMessages } from './messages'

export const documentIssues = {
  'document-not-json': {
    en: 'The file is not valid JSON: {reason}. Correct the text at that place.',
    'zh-CN': '文件不是有效的 JSON：{reason}。请修正该处的文本。',
  },
  'document-not-object': {
    en: 'The document must be a JSON object { … } with format, dataset, model and training.',
    'zh-CN': '文档必须是包含 format、dataset、model 和 training 的 JSON 对象 { … }。',
  },
  'document-too-large': {
    en: 'The document has {characters} characters; at most {limit} are read. Keep data in files beside it and refer to them with dataset.path.',
    'zh-CN': '文档有 {characters} 个字符，最多读取 {limit} 个。请把数据放在旁边的文件里，并用 dataset.path 引用。',
  },
  'document-forbidden-key': {
    en: '"{key}" is not a permitted name in a document. Remove it.',
    'zh-CN': '文档中不允许使用名称“{key}”，请删除。',
  },
  'document-format-invalid': {
    en: 'format is {found}; it must be a whole number up to {newest}.',
    'zh-CN': 'format 为 {found}，它必须是不大于 {newest} 的整数。',
  },
  'document-format-newer': {
    en: 'The document has format {found}; this version of Descent reads up to {newest}. Update Descent to open it.',
    'zh-CN': '文档的格式为 {found}，此版本的 Descent 最多支持 {newest}。请更新 Descent 后再打开。',
  },
  'document-unknown-key': {
    en: '"{key}" is not known here. Check the spelling or remove it; `descent schema` lists what is allowed.',
    'zh-CN': '这里没有“{key}”这个选项。请检查拼写或删除它；`descent schema` 会列出可用的选项。',
  },
  'document-misspelled-key': {
    en: '"{key}" is not known here. Did you mean "{meant}"? `descent schema` lists what is allowed.',
    'zh-CN': '这里没有“{key}”这个选项。是否想写“{meant}”？`descent schema` 会列出可用的选项。',
  },
  'document-missing': {
    en: '"{field}" is missing. Add it ({expected:term}).',
    'zh-CN': '缺少“{field}”，请添加（{expected:term}）。',
  },
  'document-wrong-type': {
    en: '"{field}" is {found}, but must be {expected:term}.',
    'zh-CN': '“{field}”为 {found}，必须是 {expected:term}。',
  },
  'document-not-allowed': {
    en: '"{field}" is {found}. Allowed: {allowed}.',
    'zh-CN': '“{field}”为 {found}。允许的值：{allowed}。',
  },
  'document-misspelled': {
    en: '"{field}" is {found}. Did you mean "{meant}"? Allowed: {allowed}.',
    'zh-CN': '“{field}”为 {found}。是否想写“{meant}”？允许的值：{allowed}。',
  },
  'document-too-small': {
    en: '"{field}" is {found}, but must be {bound}.',
    'zh-CN': '“{field}”为 {found}，必须 {bound}。',
  },
  'document-too-big': {
    en: '"{field}" is {found}, but must be {bound}.',
    'zh-CN': '“{field}”为 {found}，必须 {bound}。',
  },
  'document-too-few': {
    en: '"{field}" has {found} entries, but needs at least {least}. Add some.',
    'zh-CN': '“{field}”有 {found} 项，至少需要 {least} 项。请补充。',
  },
  'document-too-many': {
    en: '"{field}" has {found} entries, but may have at most {most}. Remove some.',
    'zh-CN': '“{field}”有 {found} 项，最多允许 {most} 项。请删减。',
  },
  'document-too-short': {
    en: '"{field}" has {found} characters, but needs at least {least}.',
    'zh-CN': '“{field}”有 {found} 个字符，至少需要 {least} 个。',
  },
  'document-too-long': {
    en: '"{field}" has {found} characters, but may have at most {most}. Shorten it.',
    'zh-CN': '“{field}”有 {found} 个字符，最多允许 {most} 个。请缩短。',
  },
  'document-unknown-type': {
    en: 'There is no type {found}. Known: {known}.',
    'zh-CN': '没有 {found} 这种类型。可用的类型：{known}。',
  },
  'document-misspelled-type': {
    en: 'There is no type {found}. Did you mean "{meant}"? Known: {known}.',
    'zh-CN': '没有 {found} 这种类型。是否想写“{meant}”？可用的类型：{known}。',
  },
  'document-invalid': {
    en: '"{field}" is {found}: {reason}. Correct the value.',
    'zh-CN': '“{field}”为 {found}：{reason}。请修正该值。',
  },
} as const satisfies IssueMessages
