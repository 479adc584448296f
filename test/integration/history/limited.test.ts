import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../helpers/temporary'
import { bundle } from './bundle'

test.skipIf(process.platform === 'win32')('a file that does not fit leaves no trace', async () => {
  const directory = temporaryDirectory()
  const script = await bundle('limited')
  // The shell's limit, in kB, makes the operating system refuse the write in the middle of the file, as a full disk does.
  const said = execFileSync('bash', ['-c', 'ulimit -f 1000 && exec "$0" "$@"', process.execPath, script, directory], { encoding: 'utf8' })
  expect(said.trim().split('\n')).toEqual(['stored', 'artifact-disk-full'])
  const artifacts = join(directory, 'artifacts')
  expect(readdirSync(artifacts).map((name) => statSync(join(artifacts, name)).size)).toEqual([1000])
})
