import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { BuildRecord } from '../history/record.ts';
import type { Measured } from '../measure/measured.ts';
import type { Style } from './style.ts';

/** What a command took, in a few lines for people. */
export function formatMeasured(measured: Measured, record: BuildRecord | undefined, style: Style): string {
  const { wallMs, cpuMs, cpuBy } = measured;
  const what =
    record === undefined ? 'measured' : `${record.source}_${record.version}/${record.arch} ${record.outcome}`;
  const cpu =
    cpuMs === undefined
      ? ''
      : `, ${cpuBy === 'processes' ? 'at least ' : ''}${formatDuration(cpuMs)} of CPU time`;
  const head = `${what}: ${formatDuration(wallMs)}${cpu}`;
  return `${[style.bold(head), ...placeLines(measured), ...memoryLines(measured)].join('\n')}\n`;
}

const KINDS = { ram: 'RAM disk', folder: 'folder' } as const;

function placeLines(measured: Measured): readonly string[] {
  const {
    place,
    beginBytes,
    endBytes,
    peakBytes,
    capacityBytes = 0,
    isCleanedUp,
    unreadableFolders,
  } = measured;
  if (place === undefined) return [];
  const name = `  ${KINDS[place.kind]} '${place.path}'`;
  if (peakBytes === undefined || endBytes === undefined) return [`${name}: nothing was there to look at`];
  const parts = [
    `${formatBytes(peakBytes)} at most${capacityBytes > 0 ? ` of ${formatBytes(capacityBytes)}` : ''}`,
    `${formatBytes(endBytes)} at the end${isCleanedUp === true ? ', before it was emptied' : ''}`,
    ...(beginBytes === undefined || beginBytes === 0 ? [] : [`${formatBytes(beginBytes)} before it began`]),
  ];
  const lost = unreadableFolders === undefined ? '' : `; ${unreadableFolders} folders could not be read`;
  const { samples, longestGapMs } = measured;
  return [
    `${name}: ${parts.join('; ')}`,
    `    looked ${samples} times, at most ${formatDuration(longestGapMs)} apart${lost}`,
  ];
}

const SOURCES = {
  'cgroup-v1': 'control group, version 1',
  'cgroup-v2': 'control group, version 2',
  processes: 'sum over the processes seen',
} as const;

function memoryLines({ memoryBytes, memoryBy, chargedBytes }: Measured): readonly string[] {
  if (memoryBytes === undefined || memoryBy === undefined) return [];
  const charged =
    chargedBytes === undefined ? '' : `; ${formatBytes(chargedBytes)} with RAM disk and file cache`;
  return [
    `  memory: ${formatBytes(memoryBytes)} at most, files and RAM disk not counted (${SOURCES[memoryBy]})${charged}`,
  ];
}
