import type { Jitter } from '../simulate/scenario.ts';

/** How builds differ from their estimates, in words. */
export function nameNoise(jitter: Jitter, sizeJitter: Jitter): string {
  if (jitter !== sizeJitter) return `durations vary ${vary(jitter)}, sizes ${vary(sizeJitter)}`;
  return jitter === 0 ? 'as estimated' : `durations and sizes vary ${vary(jitter)}`;
}

function vary(jitter: Jitter): string {
  return jitter === 'estimates' ? 'as their estimates say' : `by ${String(jitter)}`;
}

/** When something was measured: `2026-11-22 03:00`, in UTC. */
export function dayOf(at: string | null): string {
  return at === null ? 'before' : at.slice(0, 16).replace('T', ' ');
}
