import type { IssueMessages } from './messages'

/** The data directory, its database and its files. */
export const historyIssues = {
  'history-node-too-old': {
    en: 'This is Node {found}; recorded runs need Node {needed} or later. Install a newer Node.',
    'zh-CN': '当前 Node 版本为 {found}；记录运行需要 Node {needed} 或更高版本。请安装较新的 Node。',
  },
  'history-locked': {
    en: 'Another Descent (process {pid}) is using this data directory ({path}). Close it, or choose another with --data-dir.',
    'zh-CN': '另一个 Descent（进程 {pid}）正在使用此数据目录（{path}）。请关闭它，或用 --data-dir 指定其他目录。',
  },
  'history-missing': {
    en: 'No run was recorded here yet: {path} does not exist. Train something first, or name the right data directory with --data-dir.',
    'zh-CN': '此处尚无运行记录：{path} 不存在。请先进行一次训练，或用 --data-dir 指定正确的数据目录。',
  },
  'history-older': {
    en: '{path} was written by an earlier version and is in use by it. Close that Descent; the next start brings the file up to date.',
    'zh-CN': '{path} 由较早版本写入且正被其使用。请关闭那个 Descent；下次启动时会更新该文件。',
  },
  'history-newer': {
    en: '{path} was written by a later version of Descent (format {found}; this one knows up to {known}). Nothing was changed. Update Descent, or choose another data directory.',
    'zh-CN': '{path} 由更新版本的 Descent 写入（格式 {found}；当前版本最高支持 {known}）。文件未被改动。请更新 Descent，或选择其他数据目录。',
  },
  'history-not-database': {
    en: '{path} is not a database of Descent. Nothing was changed. Move the file away, or choose another data directory.',
    'zh-CN': '{path} 不是 Descent 的数据库。文件未被改动。请移走该文件，或选择其他数据目录。',
  },
  'history-damaged': {
    en: '{path} is damaged ({reason}). Nothing was overwritten. Restore it from a backup, or move it away to start anew.',
    'zh-CN': '{path} 已损坏（{reason}）。未覆盖任何内容。请从备份恢复，或将其移走后重新开始。',
  },
  'history-disk-full': {
    en: 'The disk is full: {path} cannot grow. Remove other files from that disk and try again; deleting runs needs some free space itself.',
    'zh-CN': '磁盘已满：无法写入 {path}。请先删除该磁盘上的其他文件再重试；删除运行本身也需要一些可用空间。',
  },
  'history-not-writable': {
    en: '{path} cannot be opened for writing ({reason}). Check the permissions of the directory, or choose another with --data-dir.',
    'zh-CN': '无法以写入方式打开 {path}（{reason}）。请检查目录权限，或用 --data-dir 指定其他目录。',
  },
  'history-busy': {
    en: '{path} is held by another program for too long ({reason}). Close programs that have it open, then try again.',
    'zh-CN': '{path} 被其他程序占用过久（{reason}）。请关闭打开该文件的程序后重试。',
  },
  'history-io': {
    en: 'Reading or writing {path} failed ({reason}). Check the disk and its connection.',
    'zh-CN': '读写 {path} 失败（{reason}）。请检查磁盘及其连接。',
  },
  'run-unknown': {
    en: 'There is no run {run}. List the recorded runs to see their ids.',
    'zh-CN': '不存在运行 {run}。请列出已记录的运行以查看其编号。',
  },
  'run-in-progress': {
    en: 'Run {run} is in progress. Stop it before deleting it.',
    'zh-CN': '运行 {run} 正在进行。请先停止再删除。',
  },
  'artifact-disk-full': {
    en: 'The disk is full: no file can be added to {path}. Remove other files from that disk and try again; deleting runs needs some free space itself.',
    'zh-CN': '磁盘已满：无法向 {path} 添加文件。请先删除该磁盘上的其他文件再重试；删除运行本身也需要一些可用空间。',
  },
  'artifact-not-writable': {
    en: '{path} cannot be written ({reason}). Check the permissions of the directory.',
    'zh-CN': '无法写入 {path}（{reason}）。请检查目录权限。',
  },
  'artifact-missing': {
    en: 'The file {path} is missing: it was removed outside Descent. Restore it from a backup, or use another checkpoint.',
    'zh-CN': '文件 {path} 缺失：它在 Descent 之外被删除。请从备份恢复，或使用其他检查点。',
  },
  'artifact-not-readable': {
    en: 'The file {path} cannot be read ({reason}). Check its permissions and the disk.',
    'zh-CN': '无法读取文件 {path}（{reason}）。请检查其权限与磁盘。',
  },
  'artifact-damaged': {
    en: 'The content of {path} is not what was stored. Restore it from a backup, or use another checkpoint.',
    'zh-CN': '{path} 的内容与存储时不一致。请从备份恢复，或使用其他检查点。',
  },
  'safetensors-header': {
    en: 'Not a safetensors file: the header {reason}. Choose another file or download it again.',
    'zh-CN': '不是 safetensors 文件：文件头有误（{reason}）。请选择其他文件或重新下载。',
  },
  'safetensors-tensor': {
    en: 'The safetensors entry "{tensor}" is wrong: {reason}. The file is damaged or was made by a faulty program.',
    'zh-CN': 'safetensors 条目“{tensor}”有误：{reason}。文件已损坏，或由有缺陷的程序生成。',
  },
  'safetensors-dtype': {
    en: 'The safetensors entry "{tensor}" has type {dtype}; supported are {supported}. Convert the file to float32.',
    'zh-CN': 'safetensors 条目“{tensor}”的类型为 {dtype}；支持 {supported}。请将文件转换为 float32。',
  },
} as const satisfies IssueMessages
