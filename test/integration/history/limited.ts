import { openHistory } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { IssueError, need } from '@shared/spec/issue'

/* Puts a small and a large file under the file size limit that the test set; prints the codes of what failed. */

const [directory] = process.argv.slice(2)
const history = need(await openHistory({ directory, mode: 'write', now: Date.now, random: randomSource(1) }))
for (const bytes of [1000, 4_000_000]) {
  try {
    await history.artifacts.put(new Uint8Array(bytes))
    console.log('stored')
  } catch (error) {
    console.log(error instanceof IssueError ? error.issues[0].code : String(error))
  }
}
history.close()
