import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'

const directories: string[] = []

// Before the hooks of the file that imports this, so that it runs after them: what lies in the folder is closed by then.
afterEach(() => {
  for (const directory of directories.splice(0)) remove(directory)
})

/** A new empty folder, removed after the test: for tests and their `beforeEach`. */
export function temporaryDirectory(): string {
  const directory = make()
  directories.push(directory)
  return directory
}

/** A new empty folder, removed after the last test: for the top of a file, or of a `describe`. */
export function sharedDirectory(): string {
  const directory = make()
  afterAll(() => remove(directory))
  return directory
}

function make(): string {
  const directory = mkdtempSync(join(tmpdir(), 'descent-test-'))
  // Open to the user without rights whom some tests become.
  chmodSync(directory, 0o755)
  return directory
}

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}
