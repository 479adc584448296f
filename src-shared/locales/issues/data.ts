import type { IssueMessages } from './messages'

/** Problems with files, tables, splits and preprocessing. */
export const dataIssues = {
  'data-file-missing': {
    en: 'There is no file "{file}" (looked at {path}). Paths are relative to the document: correct the path or put the file there.',
    'zh-CN': '文件“{file}”不存在（查找位置：{path}）。路径相对于文档所在文件夹：请更正路径或把文件放到该处。',
  },
  'data-file-is-folder': {
    en: '"{file}" is a folder, not a file. Name the file inside it, or use the data set type image-folder for a folder of images.',
    'zh-CN': '“{file}”是文件夹而不是文件。请写出其中的文件名；若是图像文件夹，请使用 image-folder 类型。',
  },
  'data-folder-is-file': {
    en: '"{file}" is a file, not a folder. Name the folder that holds one folder of images per class.',
    'zh-CN': '“{file}”是文件而不是文件夹。请指定每个类别各有一个子文件夹的图像文件夹。',
  },
  'data-file-not-regular': {
    en: '"{file}" is a device, pipe or socket. Name a regular file.',
    'zh-CN': '“{file}”是设备、管道或套接字。请指定普通文件。',
  },
  'data-file-empty': {
    en: 'The file "{file}" is empty (0 bytes). Copy or download it again.',
    'zh-CN': '文件“{file}”是空的（0 字节）。请重新复制或下载。',
  },
  'data-file-unreadable': {
    en: 'The file "{file}" cannot be read ({reason}). Check its permissions and that no other program locks it.',
    'zh-CN': '无法读取文件“{file}”（{reason}）。请检查权限，并确认没有被其他程序锁定。',
  },
  'data-too-large': {
    en: 'The data has {rows} rows of {features} values: more than the {limit} values that fit. Use fewer rows, smaller images or fewer columns.',
    'zh-CN': '数据有 {rows} 行、每行 {features} 个值，超过上限 {limit} 个值。请减少行数、图像尺寸或列数。',
  },
  'data-no-rows': {
    en: 'No row is left to train on: all {rows} have missing values and preprocess.missing is "drop". Fill them with "mean" or "median", or ignore the columns that are often empty.',
    'zh-CN': '没有可用于训练的行：全部 {rows} 行都有缺失值，而 preprocess.missing 为 "drop"。请改用 "mean" 或 "median" 填充，或忽略经常为空的列。',
  },
  'data-one-class': {
    en: 'All {rows} rows are of one class ("{class}"): there is nothing to tell apart. Choose another target, or add rows of another class.',
    'zh-CN': '全部 {rows} 行都属于同一类别（“{class}”），无从区分。请选择其他目标列，或加入其他类别的数据。',
  },
  'data-missing-target': {
    en: '{file}, line {line}: the target is missing. Fill it in, or set preprocess.missing to "drop" to leave such rows out.',
    'zh-CN': '{file} 第 {line} 行：目标值缺失。请补全，或将 preprocess.missing 设为 "drop" 以删除这些行。',
  },
  'data-missing-value': {
    en: '{file}, line {line}: no value (or not a finite one) in column {column}. Fill it in, or set preprocess.missing to "drop" (tables also: "mean" or "median").',
    'zh-CN': '{file} 第 {line} 行：{column} 列没有值（或不是有限数）。请补全，或将 preprocess.missing 设为 "drop"（表格还可用 "mean" 或 "median"）。',
  },
  'data-not-finite': {
    en: '{file}, line {line}, column {column}: the value {value} leaves the range of 32-bit numbers after preprocessing. Correct the value, or scale with preprocess.features "standardize".',
    'zh-CN': '{file} 第 {line} 行 {column} 列：值 {value} 预处理后超出 32 位浮点数范围。请更正该值，或将 preprocess.features 设为 "standardize"。',
  },
  'data-range-too-wide': {
    en: 'The values of column {column} range from {min} to {max}: too wide to scale. Correct the outliers, or ignore the column.',
    'zh-CN': '{column} 列的值从 {min} 到 {max}，范围过大无法缩放。请更正异常值，或忽略该列。',
  },
  'data-column-empty': {
    en: 'Column {column} has no value in any training row. Ignore the column.',
    'zh-CN': '{column} 列在训练行中没有任何值。请忽略该列。',
  },
  'data-category-unseen': {
    en: '{file}, line {line}, column {column}: no training row has the category "{value}". Set preprocess.unseen to "zeros", choose another split.seed, or train on more rows.',
    'zh-CN': '{file} 第 {line} 行 {column} 列：训练行中没有类别“{value}”。请将 preprocess.unseen 设为 "zeros"，或更换 split.seed，或增加训练行。',
  },
  'data-class-not-in-training': {
    en: 'No training row is of class "{class}": the model cannot learn it. Set split.stratified to true, give more rows to training, or add rows of this class.',
    'zh-CN': '训练行中没有类别“{class}”，模型无法学习它。请将 split.stratified 设为 true，增加训练集比例，或加入该类别的数据。',
  },
  'data-split-ratios': {
    en: 'train, validation and test add up to {total}. Lower them to 1 or less in total.',
    'zh-CN': 'train、validation 与 test 之和为 {total}。请将总和降到 1 或以下。',
  },
  'data-split-empty': {
    en: 'The {part} part would be empty: {ratio} of {rows} rows is no row. Raise its share, lower the others, or add rows.',
    'zh-CN': '{part} 部分将为空：{rows} 行的 {ratio} 不足一行。请提高其比例、降低其他部分的比例，或增加数据。',
  },
  'data-split-fixed-test': {
    en: 'The data set brings its own test part: leave split.test at 0, or leave out the test files.',
    'zh-CN': '数据集自带测试集：请将 split.test 保持为 0，或不要指定测试文件。',
  },
  'data-split-stratified-values': {
    en: 'Only classes can be stratified, and the target is a value. Remove split.stratified.',
    'zh-CN': '只有类别目标才能分层划分，而当前目标是数值。请去掉 split.stratified。',
  },
  'csv-no-rows': {
    en: '"{file}" has no rows beside its header. Add data, or set header to false if the first line is data.',
    'zh-CN': '“{file}”除表头外没有数据行。请加入数据；若首行就是数据，请将 header 设为 false。',
  },
  'csv-ragged-row': {
    en: '{file}, line {line}: {cells} cells where {expected} are expected. Add or remove delimiters, put quotes around cells that hold the delimiter, or set the delimiter.',
    'zh-CN': '{file} 第 {line} 行：有 {cells} 个单元格，应为 {expected} 个。请增减分隔符，给含分隔符的单元格加引号，或指定 delimiter。',
  },
  'csv-not-a-number': {
    en: '{file}, line {line}, column {column}: "{value}" is not a number (write 1234.5: decimal point, no thousands separators). Correct it, list it in missingValues if it means “missing”, or list the column in categorical.',
    'zh-CN': '{file} 第 {line} 行 {column} 列：“{value}”不是数字（应写作 1234.5：用小数点，不用千位分隔符）。请更正；若表示缺失，请列入 missingValues；若该列为类别，请列入 categorical。',
  },
  'csv-quote': {
    en: '{file}, line {line}: a quotation mark is not closed, or stands inside a cell without quotes. Put the cell in quotes and double the marks inside it ("").',
    'zh-CN': '{file} 第 {line} 行：引号没有闭合，或出现在未加引号的单元格中。请给单元格加引号，其中的引号写两次（""）。',
  },
  'csv-record-too-long': {
    en: '{file}, line {line}: one row is longer than 32 million characters. A quotation mark is probably not closed, or this is no CSV file.',
    'zh-CN': '{file} 第 {line} 行：单行超过 3200 万个字符。可能有引号没有闭合，或该文件不是 CSV。',
  },
  'csv-encoding': {
    en: '"{file}" is not {encoding} text. Set encoding to the one it was saved in (utf-8, utf-16le, gb18030, windows-1252).',
    'zh-CN': '“{file}”不是 {encoding} 文本。请将 encoding 设为文件保存时的编码（utf-8、utf-16le、gb18030、windows-1252）。',
  },
  'csv-not-text': {
    en: '"{file}" holds binary data, not text. Save it as CSV, or use the data set type of its format (idx, npy, image-folder).',
    'zh-CN': '“{file}”是二进制数据而不是文本。请保存为 CSV，或使用对应格式的数据集类型（idx、npy、image-folder）。',
  },
  'csv-unknown-column': {
    en: '"{file}" has no column {column}. Its columns: {columns}. Correct the name, or set header or delimiter if these are not the columns.',
    'zh-CN': '“{file}”没有 {column} 列。现有的列：{columns}。请更正列名；若列识别有误，请设置 header 或 delimiter。',
  },
  'csv-duplicate-column': {
    en: '"{file}" has two columns named {column} (numbers {first} and {second}). Rename one, or list one by its number in ignore.',
    'zh-CN': '“{file}”有两列都叫 {column}（第 {first} 列和第 {second} 列）。请改名，或在 ignore 中按列号忽略其中一列。',
  },
  'csv-other-columns': {
    en: 'The columns of "{file}" differ from those of the first file: "{found}" stands where {column} is expected. Give both files the same columns in the same order.',
    'zh-CN': '“{file}”的列与第一个文件不同：应为 {column} 的位置是“{found}”。请让两个文件的列及顺序一致。',
  },
  'csv-column-twice': {
    en: 'Column {column} is used in two ways at once (target and ignore, or numeric and categorical). Remove it from one.',
    'zh-CN': '{column} 列同时用于两种用途（target 与 ignore，或 numeric 与 categorical）。请只保留一种。',
  },
  'csv-no-features': {
    en: '"{file}" has no column left to learn from. Check the delimiter, and do not ignore all columns.',
    'zh-CN': '“{file}”没有可用于学习的列。请检查 delimiter，且不要忽略所有列。',
  },
  'csv-too-many-categories': {
    en: '"{file}": column {column} has more than {limit} different texts; it is probably a name or a number written differently. List it in ignore.',
    'zh-CN': '“{file}”：{column} 列有超过 {limit} 种不同文本，可能是名称或格式特殊的数字。请将其列入 ignore。',
  },
  'csv-several-classes': {
    en: 'Several target columns are only possible for regression. Name one target, or set task to "regression".',
    'zh-CN': '只有回归任务才能有多个目标列。请只写一个目标列，或将 task 设为 "regression"。',
  },
} as const satisfies IssueMessages
