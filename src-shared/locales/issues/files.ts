import type { IssueMessages } from './messages'

/** Files that windows name, open and upload. */
export const filesIssues = {
  'files-outside': {
    en: '"{file}" lies outside {folder}. A window in a browser reads data from there only: upload the file, or copy it there.',
    'zh-CN': '“{file}”不在 {folder} 之内。浏览器窗口只能读取该文件夹中的数据：请上传文件，或将其复制到该处。',
  },
  'files-name': {
    en: '"{name}" is no name for a file. Rename it with letters and digits.',
    'zh-CN': '“{name}”不能用作文件名。请用字母和数字重新命名。',
  },
  'files-name-taken': {
    en: 'Too many different files named "{name}" are in {folder}. Rename the file, or remove old ones there.',
    'zh-CN': '{folder} 中名为“{name}”的不同文件过多。请重命名文件，或删除该处的旧文件。',
  },
  'files-not-written': {
    en: '"{name}" cannot be written to {folder} ({reason}). Check the free space and the permissions of the folder.',
    'zh-CN': '无法将“{name}”写入 {folder}（{reason}）。请检查剩余空间和文件夹权限。',
  },
  'files-unusable': {
    en: '{path} cannot be used ({reason}). Check its permissions, or move it away: Descent makes it anew.',
    'zh-CN': '无法使用 {path}（{reason}）。请检查其权限，或将其移走：Descent 会重新创建。',
  },
  'preview-failed': {
    en: 'The data set cannot be previewed: {reason}. It probably does not fit into the memory: use fewer rows, smaller images or fewer columns.',
    'zh-CN': '无法预览数据集：{reason}。可能是内存不足：请减少行数、图像尺寸或列数。',
  },
} as const satisfies IssueMessages
