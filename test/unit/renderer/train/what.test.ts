import { describe, expect, it } from 'vitest'
import { chosenFile, newDataset } from '@renderer/views/train/what/dataset-choice'
import { rolesOf, withRole } from '@renderer/views/train/what/csv-roles'

describe('roles of columns', () => {
  const names = ['id', 'age', 'city', 'zip', 'price']

  it('are read from names and numbers, also from the end', () => {
    expect(rolesOf({ type: 'csv', target: -1, ignore: [1], categorical: ['zip'], numeric: ['age'] }, names)).toEqual(['ignore', 'numeric', 'auto', 'categorical', 'target'])
    expect(rolesOf({ type: 'csv', target: ['age', 5] }, names)).toEqual(['auto', 'target', 'auto', 'auto', 'target'])
    expect(rolesOf({ type: 'csv', target: 'gone' }, names)).toEqual(['auto', 'auto', 'auto', 'auto', 'auto'])
  })

  it('are written by name; a new target takes the old one’s place', () => {
    const ignored = withRole({ type: 'csv', path: 'a.csv', target: -1 }, names, 0, 'ignore')
    expect(ignored).toEqual({ type: 'csv', path: 'a.csv', target: 'price', ignore: ['id'] })
    expect(withRole(ignored as never, names, 3, 'target')).toEqual({ type: 'csv', path: 'a.csv', target: 'zip', ignore: ['id'] })
    expect(withRole(ignored as never, names, 0, 'auto')).toEqual({ type: 'csv', path: 'a.csv', target: 'price' })
  })

  it('leave a target, and count columns that share a name', () => {
    const dataset = { type: 'csv', target: 'price' }
    expect(withRole(dataset, names, 4, 'ignore')).toBe(dataset)
    expect(withRole({ type: 'csv', target: 3 }, ['x', 'x', 'y'], 1, 'ignore')).toEqual({ type: 'csv', target: 'y', ignore: [2] })
  })

  it('come back as they were written', () => {
    for (let at = 0; at < 4; at++) for (const role of ['auto', 'numeric', 'categorical', 'ignore', 'target'] as const) expect(rolesOf(withRole({ type: 'csv', target: -1 }, names, at, role) as never, names)[at]).toBe(role)
  })
})

describe('files of a data set', () => {
  it('forget what was said of another table, but not of a newer version of the same', () => {
    const roles = { type: 'csv', path: 'data/iris.csv', target: 'species', ignore: ['id'], delimiter: ';' }
    expect(chosenFile(roles, 'path', 'iris-2.csv')).toEqual({ ...roles, path: 'iris-2.csv' })
    expect(chosenFile(roles, 'path', 'wine.csv')).toEqual({ type: 'csv', path: 'wine.csv', target: -1, delimiter: ';' })
    expect(chosenFile(newDataset('csv') as never, 'path', 'wine.csv')).toEqual({ type: 'csv', target: -1, path: 'wine.csv' })
    expect(chosenFile({ ...roles, testPath: 't.csv' }, 'testPath', null)).toEqual(roles)
    expect(chosenFile({ type: 'idx', images: 'a' }, 'labels', 'b')).toEqual({ type: 'idx', images: 'a', labels: 'b' })
  })
})
