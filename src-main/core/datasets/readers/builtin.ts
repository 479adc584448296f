import path from 'node:path'
import { digits } from '@shared/catalog/datasets/digits'
import { iris } from '@shared/catalog/datasets/iris'
import { findFile, type DataFolders } from '../files'
import { tableTarget } from './csv'
import { readTable, type Table } from './csv-table'
import { readerOf } from './reader'

export const digitsReader = readerOf(digits, async ({ shape }, folders) => {
  const { rows, features, targets } = await readShipped('digits.csv', 'digit', folders)
  const data = new Uint8Array(rows * features.length)
  features.forEach((column, at) => {
    if (column.kind === 'numeric') for (let row = 0; row < rows; row++) data[row * features.length + at] = column.values[row]
  })
  return { rows, features: { kind: 'dense', shape: shape === 'flat' ? [64] : [1, 8, 8], data }, targets: tableTarget(targets[0], 'classification') }
})

export const irisReader = readerOf(iris, async (_, folders) => {
  const { rows, features, targets } = await readShipped('iris.csv', 'species', folders)
  return { rows, features: { kind: 'columns', columns: features }, targets: tableTarget(targets[0], 'classification') }
})

async function readShipped(name: string, target: string, { resourcesDirectory }: DataFolders): Promise<Table> {
  const file = await findFile(name, path.join(resourcesDirectory, 'data'), ['dataset', 'type'])
  return readTable([file], { target: [target], header: true, ignore: [], categorical: [], numeric: [], missingValues: new Set(), targetKind: 'auto', delimiter: ',', encoding: 'utf-8' })
}
