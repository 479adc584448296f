import type { DeviceReport } from '@shared/protocol/devices'

/** What a device that no test machine has would report: available unless there are reasons. */
export function deviceReport(id: string, { reasons = [], version = '1' }: Partial<Pick<DeviceReport, 'reasons' | 'version'>> = {}): DeviceReport {
  return { id, title: { en: id, 'zh-CN': id }, available: reasons.length === 0, version, reasons, enable: null, unverified: true }
}
