import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'

const columnName = z.union([z.string().min(1), z.int().refine((value) => value !== 0)])

const options = z.strictObject({
  path: field(z.string().min(1), {
    en: 'The file, relative to the document.',
    'zh-CN': '文件路径，相对于文档所在文件夹。',
    path: 'file',
  }),
  target: field(z.union([columnName, z.array(columnName).min(1)]), {
    en: 'The column to predict: its name, or its number from 1 (−1 is the last). Several columns for a regression of several values. Columns of a file without header are named column1, column2, ….',
    'zh-CN': '要预测的列：列名，或从 1 开始的列号（−1 为最后一列）。多值回归可写多列。没有表头的文件，列名为 column1、column2……',
  }),
  task: field(z.enum(['auto', 'classification', 'regression']).default('auto'), {
    en: 'What the target is. auto: classes when it is text, or at most 20 different integers with at least 5 rows each on average (or just two); values otherwise.',
    'zh-CN': '目标的类型。auto：目标是文本，或者是不超过 20 种且平均每种至少 5 行（或只有两种）的整数时按分类处理，否则按回归处理。',
  }),
  header: field(z.union([z.literal('auto'), z.boolean()]).default('auto'), {
    en: 'Whether the first line names the columns. auto: it does when it holds the target column, or no number.',
    'zh-CN': '首行是否为列名。auto：首行包含目标列名或不含任何数字时视为列名。',
  }),
  delimiter: field(z.union([z.literal('auto'), z.string().length(1)]).default('auto'), {
    en: 'The character between cells. auto: comma, semicolon, tab or vertical bar, whichever divides the lines evenly.',
    'zh-CN': '单元格分隔符。auto：在逗号、分号、制表符、竖线中选择能均匀划分各行的一个。',
  }),
  encoding: field(z.enum(['utf-8', 'utf-16le', 'gb18030', 'windows-1252']).default('utf-8'), {
    en: 'Character encoding of the file.',
    'zh-CN': '文件的字符编码。',
  }),
  ignore: field(z.array(columnName).default([]), {
    en: 'Columns to leave out, such as row numbers.',
    'zh-CN': '不使用的列，例如行号。',
  }),
  categorical: field(z.array(columnName).default([]), {
    en: 'Columns to read as categories although they look like numbers.',
    'zh-CN': '虽然看起来是数字但要按类别读取的列。',
  }),
  numeric: field(z.array(columnName).default([]), {
    en: 'Columns to read as numbers. Others are numeric when more than half of the cells at the start of the file are numbers.',
    'zh-CN': '要按数字读取的列。其他列在文件开头超过一半的单元格为数字时按数字读取。',
  }),
  missingValues: field(z.array(z.string()).default(['', '?', 'NA', 'N/A', 'na', 'NaN', 'nan', 'NULL', 'null', 'None']), {
    en: 'Cells that mean “missing”.',
    'zh-CN': '表示缺失的单元格内容。',
  }),
  testPath: field(z.string().min(1).optional(), {
    en: 'A second file with the same columns: the fixed test part.',
    'zh-CN': '列相同的第二个文件：固定的测试集。',
    path: 'file',
  }),
})

export const csv: FileDataset<typeof options> = {
  type: 'csv',
  kind: 'file',
  options,
  preprocess: { features: 'standardize' },
  title: { en: 'CSV file', 'zh-CN': 'CSV 文件' },
  help: {
    en: 'A table in a text file. Only the path and the target column are needed: header, delimiter and column kinds are detected; text columns are one-hot encoded. Numbers are written with a decimal point.',
    'zh-CN': '文本文件中的表格。只需给出路径和目标列：表头、分隔符和列类型会自动识别，文本列采用独热编码。小数点必须是“.”。',
  },
  formula: String.raw`x = [\text{numbers}, \operatorname{onehot}(\text{categories})]`,
  source: 'RFC 4180: Common Format and MIME Type for Comma-Separated Values (CSV) Files',
}
