import { compareText } from './base/compare.ts';
import { UserError, type Diagnostic } from './base/diagnostic.ts';
import type { Builder } from './dispatch/problem.ts';
import type { EstimateOverride } from './estimate/estimate.ts';
import type { Inputs } from './io/inputs.ts';
import { readBuilders, readEstimates } from './io/read-settings.ts';
import type { Machine } from './io/this-machine.ts';
import { parseBuilders, resolveBuilders } from './options.ts';

/** The options of planning that may stand in files of their own. */
export interface RawPlanSettings {
  readonly builder?: readonly string[] | undefined;
  readonly builders?: string | undefined;
  readonly estimates?: string | undefined;
  readonly diskFactor: number;
}

export interface PlanSettings {
  readonly builders: readonly Builder[];
  readonly overrides: readonly EstimateOverride[];
  readonly diskFactor: number;
  /** The settings files that were read: inputs of the plan like the others. */
  readonly files: Inputs['files'];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks the settings of a plan. @throws UserError */
export async function readPlanSettings(
  raw: RawPlanSettings,
  architectures: readonly string[],
  machine: Machine,
): Promise<PlanSettings> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  if (!(raw.diskFactor >= 1 && raw.diskFactor <= 1000)) throw badDiskFactor(raw.diskFactor);
  const fromFile = raw.builders === undefined ? undefined : await readBuilders(raw.builders);
  const estimates = raw.estimates === undefined ? undefined : await readEstimates(raw.estimates, report);
  const given = [...parseBuilders(raw.builder ?? []), ...(fromFile?.value ?? [])];
  return {
    builders: resolveBuilders(given, architectures, machine, report),
    overrides: estimates?.value ?? [],
    diskFactor: raw.diskFactor,
    files: [fromFile?.file, estimates?.file].filter((file) => file !== undefined),
    diagnostics,
  };
}

/** The inputs with the settings' files and diagnostics among them. */
export function withSettings(inputs: Inputs, settings: PlanSettings): Inputs {
  return {
    ...inputs,
    files: [...inputs.files, ...settings.files].sort((a, b) => compareText(a.name, b.name)),
    diagnostics: [...inputs.diagnostics, ...settings.diagnostics],
  };
}

function badDiskFactor(value: number): UserError {
  const message = `--disk-factor ${String(value)} is no factor from 1 to 1000`;
  return new UserError([
    { code: 'usage', severity: 'error', message, hint: 'disk builds take longer: --disk-factor 1.35' },
  ]);
}
