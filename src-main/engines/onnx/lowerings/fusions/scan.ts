import type { ScanOutputAttrs, Tensor } from '@shared/graph'
import { deviceScan, scanNode, type ScanWriter } from '../../forms/scan'
import { plain } from '../emitter'
import type { Fusion } from '../lowering'

/** Results of a scan as they come, and only those that somebody uses. */
function directResults(write: ScanWriter): Fusion {
  return {
    name: 'scanResults',
    ops: ['scanOutput'],
    match(node, uses) {
      const [scan] = node.inputs
      if (scan.op !== 'scan') return null
      const results = uses.consumers(scan).filter(({ op }) => op === 'scanOutput')
      const wanted = [...new Set(results.map(placeOf))].sort((a, b) => a - b)
      const place = wanted.indexOf(placeOf(node))
      return { inputs: scan.inputs, emit: (emitter) => plain(emitter.once(`scan ${String(scan.id)}`, () => write(emitter, scan, wanted))[place]) }
    },
  }
}

function placeOf(node: Tensor): number {
  return (node.attrs as ScanOutputAttrs).at
}

export const scanResults = directResults(scanNode)

export const deviceScanResults = directResults(deviceScan)
