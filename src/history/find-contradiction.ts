import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { BuildRecord } from './record.ts';

/** Values of one record that can't all be true. */
export interface Contradiction {
  /** Which of them is left out when nothing tells which is wrong. */
  readonly name: keyof BuildRecord;
  readonly among: readonly (keyof BuildRecord)[];
  readonly reason: string;
}

/** Parts are rounded to seconds, each on its own. */
const ROUNDING_MS = 3000;
/** More processor time a wall-clock time is no machine's. */
export const MOST_CORES = 4096;

/**
 * The first contradiction of a record: an end before the start, parts longer than the whole, a peak below the end size, a chroot above the
 * peak. Undefined when there is none; without the value that it names a record may have another one.
 */
export function findContradiction(record: BuildRecord): Contradiction | undefined {
  return ofTimes(record) ?? ofPeak(record) ?? ofBase(record);
}

function ofTimes(record: BuildRecord): Contradiction | undefined {
  const { startedAt, endedAt, wallMs, installMs = 0, buildMs = 0, cpuMs } = record;
  if (startedAt !== undefined && endedAt !== undefined && endedAt < startedAt) {
    const reason = `${endedAt} lies before the start, ${startedAt}`;
    return { name: 'endedAt', among: ['startedAt', 'endedAt'], reason };
  }
  if (wallMs === undefined) return undefined;
  if (installMs + buildMs > wallMs + ROUNDING_MS) {
    const parts = `install and build took ${formatDuration(installMs + buildMs)}`;
    const reason = `${formatDuration(wallMs)} is too short: ${parts}`;
    return { name: 'wallMs', among: ['wallMs', 'installMs', 'buildMs'], reason };
  }
  if (cpuMs !== undefined && cpuMs > wallMs * MOST_CORES) {
    const reason = `${formatDuration(cpuMs)} is too long for a build of ${formatDuration(wallMs)}`;
    return { name: 'cpuMs', among: ['wallMs', 'cpuMs'], reason };
  }
  return undefined;
}

function ofPeak({ endBytes, peakBytes, chrootBytes, holds }: BuildRecord): Contradiction | undefined {
  if (peakBytes === undefined) return undefined;
  const peak = formatBytes(peakBytes);
  if (endBytes !== undefined && peakBytes < endBytes) {
    const reason = `${peak} is below the end size, ${formatBytes(endBytes)}`;
    return { name: 'peakBytes', among: ['endBytes', 'peakBytes'], reason };
  }
  if (holds === 'chroot' && chrootBytes !== undefined && chrootBytes > peakBytes) {
    const reason = `${formatBytes(chrootBytes)} is above the peak, ${peak}`;
    return { name: 'chrootBytes', among: ['chrootBytes', 'peakBytes'], reason };
  }
  return undefined;
}

function ofBase(record: BuildRecord): Contradiction | undefined {
  const { baseBytes, chrootBytes, peakBytes, endBytes, holds } = record;
  const most = holds === 'chroot' ? (peakBytes ?? endBytes) : undefined;
  const later = chrootBytes ?? most;
  if (baseBytes === undefined || later === undefined || baseBytes <= later) return undefined;
  const reason = `${formatBytes(baseBytes)} is above what the chroot held later`;
  return { name: 'baseBytes', among: ['baseBytes', 'chrootBytes', 'peakBytes', 'endBytes'], reason };
}
