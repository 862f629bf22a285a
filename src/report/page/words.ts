import { formatBytes, formatDuration } from '../../base/quantity.ts';

/** `0 %`, `< 0.1 %`, `0.4 %`, `12 %`: a share in percent, one decimal below ten; what is something is never called 0. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return `${percent !== 0 && percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** `88.8 of 128 GiB`: how much of how much, the unit once where it is the same. */
export function formatOf(bytes: number, limit: number): string {
  const [amount = '', unit] = formatBytes(bytes).split(' ');
  const whole = formatBytes(limit);
  return whole.endsWith(` ${unit ?? ''}`) ? `${amount} of ${whole}` : `${amount} ${unit ?? ''} of ${whole}`;
}

/** How far above a bound, as a share of it. */
export function gapOf(makespanMs: number, lowerBoundMs: number): number {
  return lowerBoundMs <= 0 ? 0 : Math.max(makespanMs / lowerBoundMs - 1, 0);
}

/** `1 build`, `12,345 builds`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(amount)} ${amount === 1 ? noun : plural}`;
}

/** `12,345`, the same in every locale. */
export function formatCount(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A moment of the plan: `0`, `45s`, `2h 05m`; no finer than seconds. */
export function formatTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds === 0 ? '0' : formatDuration(seconds * 1000);
}
