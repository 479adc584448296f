import { python, pythonList, type PythonValue } from '../python/literal'
import type { DataCode } from './code'

type Options = Readonly<Record<string, unknown>>

/**
 * `load_table()`: columns by name (numbers with NaN, or texts with None), names of the target columns, and where the test
 * file's rows begin. The same rules as Descent's for what the document leaves to be found out.
 */
export function tableCode(options: Options): DataCode {
  const { path, testPath, target, header, delimiter, encoding, ignore, categorical, numeric, missingValues } = options as {
    path: string
    testPath?: string
    target: string | number | readonly (string | number)[]
    header: 'auto' | boolean
    delimiter: string
    encoding: string
    ignore: readonly (string | number)[]
    categorical: readonly (string | number)[]
    numeric: readonly (string | number)[]
    missingValues: readonly string[]
  }
  const targets = (Array.isArray(target) ? target : [target]) as readonly (string | number)[]
  const constants = [
    `FILES = ${pythonList([path, ...(testPath === undefined ? [] : [testPath])])}`,
    `TARGETS = ${pythonList(targets)}`,
    `IGNORED = ${pythonList(ignore)}`,
    `CATEGORICAL = ${pythonList(categorical)}`,
    `NUMERIC = ${pythonList(numeric)}`,
    `MISSING = ${pythonList(missingValues)}`,
    `DELIMITER = ${delimiter === 'auto' ? 'None  # found: , ; tab or |, whichever divides the first line most' : python(delimiter as PythonValue)}`,
    `HEADER = ${header === 'auto' ? 'None  # found: it has the target’s name, or no number' : python(header as PythonValue)}`,
  ]
  return {
    imports: ['import csv', 'import re'],
    definitions: [constants.join('\n'), reader(encoding), kinds(options.task as string, targets.length), LOAD_TABLE],
    remark: null,
  }
}

function reader(encoding: string): string {
  return `def number(cell):
    return float(cell) if re.fullmatch(r"[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?", cell) else None


def read_csv(path):
    with open(path, newline="", encoding=${python(encoding === 'utf-8' ? 'utf-8-sig' : encoding)}) as file:
        first = file.readline()
        file.seek(0)
        delimiter = DELIMITER or max(",;\\t|", key=first.count)
        rows = [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=delimiter) if row]
    header = HEADER
    if header is None:
        header = any(each in rows[0] for each in TARGETS) or all(number(cell) is None for cell in rows[0])
    names = rows.pop(0) if header else [f"column{at + 1}" for at in range(len(rows[0]))]
    return names, rows


def places(names, columns):
    """Columns by name, or by number from 1 (-1 is the last)."""
    return [names.index(each) if isinstance(each, str) else each - 1 if each > 0 else len(names) + each for each in columns]`
}

function kinds(task: string, targets: number): string {
  const forced = task === 'classification' ? 'False' : task === 'regression' || targets > 1 ? 'True' : 'None'
  return `TARGETS_ARE_NUMBERS = ${forced}


def is_numeric(at, cells, names):
    if at in places(names, NUMERIC):
        return True
    if at in places(names, CATEGORICAL):
        return False
    if at in places(names, TARGETS) and TARGETS_ARE_NUMBERS is not None:
        return TARGETS_ARE_NUMBERS
    present = [cell for cell in cells if cell not in MISSING]
    return not present or sum(number(cell) is not None for cell in present) * 2 > len(present)`
}

const LOAD_TABLE = `def load_table():
    names, rows = read_csv(FILES[0])
    test_from = None
    if len(FILES) > 1:
        test_from = len(rows)
        rows = rows + read_csv(FILES[1])[1]
    columns = {}
    for at, name in enumerate(names):
        if at in places(names, IGNORED):
            continue
        cells = [row[at] for row in rows]
        if is_numeric(at, cells, names):
            columns[name] = np.array([np.nan if cell in MISSING else float(cell) for cell in cells])
        else:
            columns[name] = np.array([None if cell in MISSING else cell for cell in cells], dtype=object)
    return columns, [names[at] for at in places(names, TARGETS)], test_from`
