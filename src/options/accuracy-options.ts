import type { AccuracyOptions } from '../accuracy/make-accuracy.ts';
import { compareNumber } from '../base/compare.ts';
import { DISK_FACTOR } from '../dispatch/parse-builder.ts';
import { usage } from './usage-error.ts';

/** The options of an assessment as texts; anything may be missing. */
export interface RawAccuracyOptions {
  /** Shares from 0.01 to 0.999, separated by commas; missing: 0.5, 0.8, 0.9, 0.95 and 0.99. */
  readonly ramQuantile?: string | undefined;
  /** A number from 0 to 1000; missing: built in vain once, and then on disk. */
  readonly overrunCost?: string | undefined;
  /** A whole number; missing: 5. */
  readonly worst?: string | undefined;
}

const QUANTILES: readonly number[] = [0.5, 0.8, 0.9, 0.95, 0.99];
const MOST_WORST = 100_000;

/** Fills what an assessment needs. @throws UserError for a value that can't be used */
export function resolveAccuracyOptions(raw: RawAccuracyOptions): AccuracyOptions {
  const quantiles = raw.ramQuantile?.split(',').map((text) => quantile(text.trim())) ?? QUANTILES;
  return {
    quantiles: [...new Set(quantiles)].sort(compareNumber),
    overrunCost: raw.overrunCost === undefined ? 1 + DISK_FACTOR : overrunCost(raw.overrunCost),
    worst: raw.worst === undefined ? 5 : worst(raw.worst),
  };
}

function quantile(text: string): number {
  const value = Number(text);
  if (/^0?\.\d+$/.test(text) && value >= 0.01 && value <= 0.999) return value;
  throw usage(
    `--ram-quantile ${text} is no share from 0.01 to 0.999`,
    'shares of builds that have to fit, such as --ram-quantile 0.8,0.9,0.95',
  );
}

function overrunCost(text: string): number {
  const value = Number(text);
  if (/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) && value <= 1000) return value;
  throw usage(
    `--overrun-cost ${text} is no number from 0 to 1000`,
    'how many builds one costs that outgrows its RAM disk: --overrun-cost 2.35',
  );
}

function worst(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= MOST_WORST) return value;
  throw usage(
    `--worst ${text} is no whole number from 0 to ${String(MOST_WORST)}`,
    'how many to list: --worst 5',
  );
}
