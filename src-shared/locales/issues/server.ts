import type { IssueMessages } from './messages'

/** `descent serve`. */
export const serverIssues = {
  'server-port-taken': {
    en: 'Port {port} is in use by another program. Choose another with --port, or leave it out for any free one.',
    'zh-CN': '端口 {port} 已被其他程序占用。请用 --port 指定其他端口，或省略该选项以自动选择空闲端口。',
  },
  'server-port-refused': {
    en: 'Port {port} cannot be opened ({reason}). Choose one above 1023 with --port.',
    'zh-CN': '无法打开端口 {port}（{reason}）。请用 --port 指定大于 1023 的端口。',
  },
} as const satisfies IssueMessages
