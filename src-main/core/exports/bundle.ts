import { bundle } from '@shared/catalog/exporters'
import { writeBundle } from '@main/core/bundle/write'
import type { RunExporter } from './exporter'

/** The run as another Descent imports it; see `src-main/core/bundle`. */
export const bundleExporter: RunExporter = { definition: bundle, writeRun: writeBundle }
