import type { Report } from '../base/diagnostic.ts';
import { ESTIMATE_OPTIONS, type EstimateOptions, type EstimateOverride } from '../estimate/estimate.ts';
import { parseEstimates } from '../estimate/parse-estimates.ts';
import type { BuildRecord, RamHolds } from '../history/record.ts';
import type { Inputs } from '../io/inputs.ts';
import { readTextFile } from '../io/read-text.ts';
import { readHistory } from './read-history.ts';
import { usage } from './usage-error.ts';

/** What estimates are made from beside the sources, as it was typed. */
export interface RawEstimateSettings {
  /** A file of durations and sizes. */
  readonly estimates?: string | undefined;
  /** History files. */
  readonly history?: readonly string[] | undefined;
  /** A share from 0.5 to 0.999; missing: 0.9. */
  readonly ramQuantile?: string | undefined;
  /** `chroot` or `build`; missing: `chroot`. */
  readonly ramHolds?: string | undefined;
}

export interface EstimateSettings {
  readonly overrides: readonly EstimateOverride[];
  /** What builds took: one record a build. */
  readonly history: readonly BuildRecord[];
  readonly estimate: EstimateOptions;
  /** The files that were read: inputs of the plan like the others. */
  readonly files: Inputs['files'];
}

/** Reads and checks the settings of estimates. @throws UserError */
export async function readEstimateSettings(
  raw: RawEstimateSettings,
  report: Report,
): Promise<EstimateSettings> {
  const estimate = {
    ramQuantile: resolveRamQuantile(raw.ramQuantile),
    ramHolds: resolveRamHolds(raw.ramHolds),
  };
  const overrides = raw.estimates === undefined ? [] : [await readTextFile(raw.estimates)];
  const history = await readHistory([...new Set(raw.history ?? [])], report);
  return {
    overrides: overrides.flatMap(({ text, name }) => parseEstimates(text, name, report)),
    history: history.records,
    estimate,
    files: [...overrides, ...history.files].map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

function resolveRamQuantile(text: string | undefined): number {
  if (text === undefined) return ESTIMATE_OPTIONS.ramQuantile;
  const value = Number(text);
  if (/^(?:0?\.\d+)$/.test(text) && value >= 0.5 && value <= 0.999) return value;
  throw usage(
    `--ram-quantile ${text} is no share from 0.5 to 0.999`,
    'the share of builds that have to fit into what is reserved for them: --ram-quantile 0.9',
  );
}

function resolveRamHolds(text: string | undefined): RamHolds {
  if (text === undefined) return ESTIMATE_OPTIONS.ramHolds;
  if (text === 'chroot' || text === 'build') return text;
  throw usage(
    `--ram-holds ${text}: the RAM disk holds either chroot or build`,
    'chroot: the whole chroot; build: the build tree alone',
  );
}
