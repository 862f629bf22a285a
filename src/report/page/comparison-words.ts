import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { MetricUnit } from '../../compare/comparison-document.ts';
import { formatCount, formatShare } from './words.ts';

/** A number in people's units. */
export function formatMetric(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    case 'share':
      return formatShare(value);
    case 'count':
      return formatCount(value);
  }
}

/** `+12m 00s`, `−3`, `±0`: with its sign before it. */
export function formatDifference(value: number, unit: MetricUnit): string {
  if (value === 0) return '±0';
  return `${value > 0 ? '+' : '−'}${formatMetric(Math.abs(value), unit)}`;
}
