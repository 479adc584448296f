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
  'data-text-too-short': {
    en: 'The text "{file}" has {characters} characters: too few for a sequence of {length} and the character after it. Set sequenceLength lower, or use a longer text.',
    'zh-CN': '文本“{file}”只有 {characters} 个字符，不足以构成长度为 {length} 的序列及其后的一个字符。请减小 sequenceLength，或使用更长的文本。',
  },
  'data-text-too-large': {
    en: 'The text "{file}" has {bytes} bytes; at most {limit} are read. Use a part of it.',
    'zh-CN': '文本“{file}”有 {bytes} 字节，最多读取 {limit} 字节。请只使用其中一部分。',
  },
  'data-text-encoding': {
    en: 'The text "{file}" is not {encoding}. Set encoding to the one it was saved in, or save it as UTF-8.',
    'zh-CN': '文本“{file}”不是 {encoding} 编码。请将 encoding 设为其保存时的编码，或另存为 UTF-8。',
  },
  'sequence-column-missing': {
    en: 'There is no column "{column}" beside the target. The columns are: {known}. Correct the name.',
    'zh-CN': '除目标之外没有名为“{column}”的列。现有的列：{known}。请更正列名。',
  },
  'sequence-column-text': {
    en: 'The column "{column}" holds text, and features of a sequence are numbers. Add it to ignore.',
    'zh-CN': '“{column}”列是文本，而序列的特征应为数值。请把它加入 ignore。',
  },
  'sequence-no-features': {
    en: 'The file "{file}" has no numeric column beside id, time and target. Name another target, or leave fewer columns out.',
    'zh-CN': '文件“{file}”除 id、time 和目标列外没有数值列。请另选目标列，或减少 ignore 中的列。',
  },
  'sequence-too-short': {
    en: 'The file "{file}" has {rows} rows: too few for a window of {length} and a target {horizon} steps later. Set length or horizon lower.',
    'zh-CN': '文件“{file}”只有 {rows} 行，不足以构成长度为 {length} 的窗口及其后第 {horizon} 步的目标。请减小 length 或 horizon。',
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
  'data-one-class-missing': {
    en: '{missing} of {rows} rows have no target (the first: {file}, line {line}), and all others are of one class ("{class}"): there is nothing to tell apart. Fill the targets in, choose another target, or add rows of another class.',
    'zh-CN': '{rows} 行中有 {missing} 行没有目标值（首个：{file} 第 {line} 行），其余各行都属于同一类别（“{class}”），无从区分。请补全目标值、选择其他目标列，或加入其他类别的数据。',
  },
  'data-label-noise-values': {
    en: 'Label noise changes classes, and the target here are values. Remove dataset.preprocess.labelNoise.',
    'zh-CN': '标签噪声只作用于类别，而此处的目标是数值。请删除 dataset.preprocess.labelNoise。',
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
  'data-split-classes': {
    en: 'The {part} part would be empty: {rows} rows are of {classes} classes, and every class keeps a row for training. If the target is meant as a number, write its cells as plain numbers (1234.5); otherwise add rows, or set stratified to false.',
    'zh-CN': '{part} 部分将为空：{rows} 行分属 {classes} 个类别，而每个类别都要为训练保留一行。若目标本是数值，请把单元格写成普通数字（1234.5）；否则请增加行，或将 stratified 设为 false。',
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
  'data-range-empty': {
    en: 'The range from {from} to {to} is empty. Put the smaller number first.',
    'zh-CN': '从 {from} 到 {to} 的范围为空。请把较小的数写在前面。',
  },
  'classification-features': {
    en: 'informative, redundant and repeated are {used} features together, but there are only {features}. Raise features, or lower the others.',
    'zh-CN': 'informative、redundant 与 repeated 共 {used} 个特征，但 features 只有 {features}。请提高 features 或降低其他值。',
  },
  'classification-informative': {
    en: 'classes × clustersPerClass is {clusters} clusters, but {informative} informative features have only {corners} corners to put them at. Set informative to {needed} or more, or use fewer clusters.',
    'zh-CN': 'classes × clustersPerClass 为 {clusters} 个簇，但 {informative} 个有效特征只有 {corners} 个顶点可放。请将 informative 设为至少 {needed}，或减少簇数。',
  },
  'classification-weights': {
    en: 'weights has {given} shares adding up to {total} for {classes} classes. Give one share per class (the last may be left out), 1 or less in total.',
    'zh-CN': 'weights 有 {given} 个比例，总和 {total}，而类别数为 {classes}。请每个类别给一个比例（最后一个可省略），总和不超过 1。',
  },
  'data-gzip-broken': {
    en: 'The compressed file "{file}" is damaged or incomplete. Copy or download it again.',
    'zh-CN': '压缩文件“{file}”已损坏或不完整。请重新复制或下载。',
  },
  'array-truncated': {
    en: '"{file}" is incomplete or damaged: {shape} values of {type} need {needed} bytes, and {found} follow the header. Copy or download it again.',
    'zh-CN': '“{file}”不完整或已损坏：{shape} 个 {type} 值需要 {needed} 字节，文件头之后只有 {found} 字节。请重新复制或下载。',
  },
  'array-too-long': {
    en: '"{file}" has more bytes than its header announces ({shape} values of {type}): it is damaged, or several arrays in one file. Copy it again, or save one array per file.',
    'zh-CN': '“{file}”的字节数多于文件头所声明的（{shape} 个 {type} 值）：文件已损坏，或一个文件中存了多个数组。请重新复制，或每个文件只存一个数组。',
  },
  'array-no-rows': {
    en: '"{file}" holds no values: its shape is {shape}. Name another file or array.',
    'zh-CN': '“{file}”没有任何值：形状为 {shape}。请指定其他文件或数组。',
  },
  'array-row-mismatch': {
    en: '"{file}" has {rows} rows, "{targets}" has {targetRows}. Name the two files or arrays that belong together.',
    'zh-CN': '“{file}”有 {rows} 行，“{targets}”有 {targetRows} 行。请指定相互对应的两个文件或数组。',
  },
  'array-other-shape': {
    en: 'The rows of "{file}" have the shape {shape}, those of the first file {expected}. Training and test parts need the same shape.',
    'zh-CN': '“{file}”每行的形状为 {shape}，第一个文件为 {expected}。训练部分与测试部分的形状必须相同。',
  },
  'array-test-pair': {
    en: 'A test part needs both its features and its targets. Name both, or neither.',
    'zh-CN': '测试集需要同时给出特征和目标。请两者都写，或都不写。',
  },
  'array-not-images': {
    en: '"{file}" has rows of shape {shape}, which are no images. Set shape to "flat".',
    'zh-CN': '“{file}”每行的形状为 {shape}，不是图像。请将 shape 设为 "flat"。',
  },
  'array-label-shape': {
    en: '"{file}" of shape {shape} has several numbers per row and cannot hold class labels. Give one integer per row, or set task to "regression".',
    'zh-CN': '“{file}”的形状为 {shape}，每行有多个数，不能作为类别标签。请每行给一个整数，或将 task 设为 "regression"。',
  },
  'array-label-not-integer': {
    en: '"{file}", row {line}: the class label {value} is not an integer. Correct it, or set task to "regression".',
    'zh-CN': '“{file}”第 {line} 行：类别标签 {value} 不是整数。请更正，或将 task 设为 "regression"。',
  },
  'array-label-without-name': {
    en: '"{file}", row {line}: the label {value} has no name; classNames holds {classes} names, for labels from 0. Add names, or leave classNames out.',
    'zh-CN': '“{file}”第 {line} 行：标签 {value} 没有名称；classNames 有 {classes} 个名称，从标签 0 起。请补充名称，或去掉 classNames。',
  },
  'array-too-many-classes': {
    en: '"{file}" holds {classes} different integers: too many classes. Set task to "regression".',
    'zh-CN': '“{file}”有 {classes} 个不同的整数，类别过多。请将 task 设为 "regression"。',
  },
  'idx-magic': {
    en: '"{file}" is no IDX file: it starts with the bytes {found}, not 00 00 and a known type. Check that it is the right file and fully unpacked.',
    'zh-CN': '“{file}”不是 IDX 文件：开头字节为 {found}，而不是 00 00 加已知类型。请检查文件是否正确、是否已完整解压。',
  },
  'idx-rank': {
    en: '"{file}" has {rank} dimensions where {expected} are expected. Images and labels are probably swapped.',
    'zh-CN': '“{file}”有 {rank} 个维度，应为 {expected} 个。图像文件与标签文件可能写反了。',
  },
  'idx-header-cut': {
    en: '"{file}" ends within its header. Copy or download it again.',
    'zh-CN': '“{file}”在文件头处就结束了。请重新复制或下载。',
  },
  'npy-magic': {
    en: '"{file}" is no NPY array: it starts with the bytes {found}. Save it with numpy.save, or name the .npz archive in path.',
    'zh-CN': '“{file}”不是 NPY 数组：开头字节为 {found}。请用 numpy.save 保存；若为 .npz 归档，请写在 path 中。',
  },
  'npy-version': {
    en: '"{file}" is in NPY format {version}; 1.0 to 3.0 can be read. Save it with numpy.save.',
    'zh-CN': '“{file}”为 NPY 格式 {version}，仅支持 1.0 至 3.0。请用 numpy.save 保存。',
  },
  'npy-header': {
    en: 'The header of "{file}" is damaged. Save the array again with numpy.save.',
    'zh-CN': '“{file}”的文件头已损坏。请用 numpy.save 重新保存数组。',
  },
  'npy-type': {
    en: '"{file}" holds values of type {type}; integers, floats and booleans can be read. Convert it: array.astype("float32").',
    'zh-CN': '“{file}”的数据类型为 {type}，仅支持整数、浮点和布尔。请转换：array.astype("float32")。',
  },
  'npy-rank': {
    en: '"{file}" has {rank} dimensions; 1 to 8 can be read. Reshape it to [rows, …].',
    'zh-CN': '“{file}”有 {rank} 个维度，仅支持 1 至 8 个。请改变形状为 [行, …]。',
  },
  'npy-fortran-order': {
    en: '"{file}" is stored in Fortran order. Save it with numpy.save(name, numpy.ascontiguousarray(array)).',
    'zh-CN': '“{file}”以 Fortran 顺序存储。请用 numpy.save(name, numpy.ascontiguousarray(array)) 保存。',
  },
  'npz-broken': {
    en: '"{file}" is no zip archive, or a damaged one. Save it again with numpy.savez.',
    'zh-CN': '“{file}”不是 zip 归档或已损坏。请用 numpy.savez 重新保存。',
  },
  'npz-no-array': {
    en: '"{file}" has no array {array}. Its arrays: {arrays}.',
    'zh-CN': '“{file}”中没有数组 {array}。现有的数组：{arrays}。',
  },
  'npz-entry-size': {
    en: 'The array {array} in "{file}" claims {bytes} bytes, more than it can hold. The archive is damaged or made to do harm: save it again with numpy.savez.',
    'zh-CN': '“{file}”中的数组 {array} 声称有 {bytes} 字节，超出其可能的大小。归档已损坏或为恶意文件：请用 numpy.savez 重新保存。',
  },
  'image-folder-no-classes': {
    en: 'The folder "{folder}" holds no folders. Make one folder per class and put its images there.',
    'zh-CN': '文件夹“{folder}”中没有子文件夹。请为每个类别建一个子文件夹并放入图像。',
  },
  'image-folder-empty-class': {
    en: 'The folder "{folder}" holds no PNG or JPEG files. Add images, or remove the folder.',
    'zh-CN': '文件夹“{folder}”中没有 PNG 或 JPEG 文件。请加入图像，或删除该文件夹。',
  },
  'image-folder-other-class': {
    en: 'The test folder "{folder}" has the class "{class}", which the training folder has not. Rename it, or add training images of this class.',
    'zh-CN': '测试文件夹“{folder}”中的类别“{class}”在训练文件夹中不存在。请改名，或加入该类别的训练图像。',
  },
  'image-undecodable': {
    en: '"{file}" cannot be decoded: it is damaged, too large, or neither PNG nor JPEG. Save it again, or remove it.',
    'zh-CN': '无法解码“{file}”：文件已损坏、过大，或不是 PNG、JPEG。请重新保存或删除。',
  },
  'image-other-size': {
    en: '"{file}" is {size} pixels; "{first}" and so all others must be {expected}. Resize or remove it.',
    'zh-CN': '“{file}”为 {size} 像素；以“{first}”为准，所有图像都应为 {expected}。请调整尺寸或删除。',
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
  'csv-decimal-comma': {
    en: '"{file}", column {column}: numbers are written with a comma ("{value}"). Write them with a decimal point and without thousands separators, or list the column in categorical.',
    'zh-CN': '“{file}”的 {column} 列：数字使用了逗号（“{value}”）。请使用小数点且不用千位分隔符，或将该列列入 categorical。',
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
