import type { Json, JsonObject } from '@renderer/stores/edit'

/** A data set of this type to start from. The last column of a table is its target more often than not. */
export function newDataset(type: string): Json {
  return type === 'csv' ? { type, target: -1 } : { type }
}

/** What is said about the columns of one table means nothing for another. */
const OF_THE_TABLE = ['target', 'ignore', 'categorical', 'numeric', 'testPath']

/** The data set with one of its files chosen; null takes it away. Roles stay when it is a newer version of the same file. */
export function chosenFile(dataset: JsonObject, name: string, path: string | null): Json {
  if (path === null) return Object.fromEntries(Object.entries(dataset).filter(([key]) => key !== name))
  const before = dataset[name]
  const another = dataset.type === 'csv' && name === 'path' && (typeof before !== 'string' || stem(before) !== stem(path))
  const kept = another ? Object.fromEntries(Object.entries(dataset).filter(([key]) => !OF_THE_TABLE.includes(key))) : dataset
  return { ...kept, ...(another ? { target: -1 } : {}), [name]: path }
}

/** `iris` of `data/iris-2.csv`: an upload of the same name but other content gets a number. */
function stem(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? ''
  return name.replace(/\.[^.]*$/, '').replace(/-\d+$/, '')
}
