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

/** `+12m 00s`, `−3`, `±0`, `−0.5s`, `+7.9 points`: with its sign before it; of shares, which are percent already, in points. */
export function formatDifference(value: number, unit: MetricUnit): string {
  if (value === 0) return '±0';
  const size = Math.abs(value);
  if (unit === 'share' && size < 0.0005) return '≈ 0';
  const sign = value > 0 ? '+' : '−';
  if (unit === 'share') return `${sign}${(size * 100).toFixed(1)} points`;
  if (unit === 'ms' && size < 1000) return `${sign}${(size / 1000).toFixed(1)}s`;
  return `${sign}${formatMetric(size, unit)}`;
}

/** `RAM peak`, `makespan`: a metric's name as people read it. */
export function metricWords(name: string): string {
  return name.replaceAll('-', ' ').replace(/^ram\b/, 'RAM');
}
