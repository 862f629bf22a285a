import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { MetricUnit } from './comparison-document.ts';

/** A metric for people: `1h 51m`, `12.5 GiB`, `4.1 %`, `113`. */
export function formatMetric(unit: MetricUnit, value: number): string {
  switch (unit) {
    case 'ms':
      return value === 0 ? '0s' : formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    case 'share':
      return formatPercent(value * 100);
    case 'count':
      return String(value);
  }
}

/** A difference with its sign: `+14m 00s`, `−1.2 GiB`, `+7.9 points`, `−3`; what is equal is `=`. */
export function formatChange(unit: MetricUnit, difference: number): string {
  if (difference === 0) return '=';
  const amount = Math.abs(difference);
  const text = unit === 'share' ? `${formatPoints(amount * 100)} points` : formatMetric(unit, amount);
  return `${difference < 0 ? MINUS : '+'}${text}`;
}

/** What the right is more than the left, in percent of it: `+12.6 %`; empty for shares, and where there is nothing to compare with. */
export function formatRelative(unit: MetricUnit, left: number, difference: number): string {
  if (unit === 'share' || left === 0 || difference === 0) return '';
  const percent = (difference / left) * 100;
  return `${percent < 0 ? MINUS : '+'}${formatPercent(Math.abs(percent))}`;
}

const MINUS = '−';

function formatPercent(percent: number): string {
  return `${formatNumber(percent)} %`;
}

/** One decimal, more where it takes more to show that there is something. */
function formatPoints(value: number): string {
  return value < 0.05 ? String(Number(value.toPrecision(1))) : value.toFixed(1);
}

/** One decimal; what is too small for that is said to be. */
function formatNumber(value: number): string {
  return value > 0 && value < 0.05 ? '< 0.1' : value.toFixed(1);
}
