import { compareText } from '../base/compare.ts';
import { nearestName } from '../base/nearest-name.ts';
import { UserError, type Diagnostic, type Report } from '../base/diagnostic.ts';
import {
  DISK_FACTOR,
  readBuilder,
  type BuilderDefaults,
  type GivenBuilder,
} from '../dispatch/parse-builder.ts';
import type { Inputs } from '../io/inputs.ts';
import { readTextFile, type TextFile } from '../io/read-text.ts';
import type { Machine } from '../io/this-machine.ts';
import { parseBuilders, resolveBuilders } from './builder-options.ts';
import { parseYamlRecords } from '../parse/yaml-records.ts';
import { POLICY_NAMES } from '../policies/policies.ts';
import type { PolicyName } from '../policies/policy.ts';
import {
  readEstimateSettings,
  type EstimateSettings,
  type RawEstimateSettings,
} from './estimate-settings.ts';
import { resolveSearch, type RawSearchSettings, type SearchSettings } from './search-options.ts';
import { usage } from './usage-error.ts';

/** The options of planning that may stand in files of their own. */
export interface RawPlanSettings extends RawSearchSettings, RawEstimateSettings {
  readonly builder?: readonly string[] | undefined;
  readonly builders?: string | undefined;
  /** For builders that don't say: a number from 1 to 1000; missing: 1.35. */
  readonly diskFactor?: string | undefined;
}

export interface PlanSettings extends EstimateSettings {
  readonly builders: readonly GivenBuilder[];
  /** Plans as this policy works; undefined: as well as can be. */
  readonly policy: PolicyName | undefined;
  readonly search: SearchSettings;
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
  const policy = resolvePolicy(raw.policy);
  const defaults: BuilderDefaults = { diskFactor: resolveDiskFactor(raw.diskFactor) };
  const buildersFile = raw.builders === undefined ? undefined : await readTextFile(raw.builders);
  const estimate = await readEstimateSettings(raw, report);
  const fromFile = buildersFile === undefined ? [] : readBuilders(buildersFile, defaults);
  const given = [...parseBuilders(raw.builder ?? [], defaults), ...fromFile];
  return {
    ...estimate,
    builders: resolveBuilders(given, architectures, machine, report, defaults),
    policy,
    search: resolveSearch(raw),
    files: [
      ...(buildersFile === undefined ? [] : [{ name: buildersFile.name, sha256: buildersFile.sha256 }]),
      ...estimate.files,
    ],
    diagnostics,
  };
}

/** A `--builders` file: a YAML list with the keys of `--builder`, or the same under `builders:`. @throws UserError */
export function readBuilders({ text, name }: TextFile, defaults: BuilderDefaults): readonly GivenBuilder[] {
  const refuse: Report = (diagnostic) => {
    throw new UserError([diagnostic]);
  };
  const records = parseYamlRecords(text, name, 'builders', refuse);
  return records.map(({ fields, location }) => {
    try {
      return readBuilder(fields, `${name}:${String(location.line)}`, defaults);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, location })));
    }
  });
}

/** The inputs with the settings' files and diagnostics among them. */
export function withSettings(inputs: Inputs, settings: Pick<PlanSettings, 'files' | 'diagnostics'>): Inputs {
  return {
    ...inputs,
    files: [...inputs.files, ...settings.files].sort((a, b) => compareText(a.name, b.name)),
    diagnostics: [...inputs.diagnostics, ...settings.diagnostics],
  };
}

function resolvePolicy(name: string | undefined): PolicyName | undefined {
  if (name === undefined) return undefined;
  const policy = POLICY_NAMES.find((known) => known === name);
  if (policy !== undefined) return policy;
  const near = nearestName(name, POLICY_NAMES);
  const names = `the policies are ${POLICY_NAMES.join(', ')}`;
  throw usage(`--policy: there is no policy '${name}'`, near === undefined ? names : `did you mean ${near}?`);
}

function resolveDiskFactor(text: string | undefined): number {
  if (text === undefined) return DISK_FACTOR;
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && value >= 1 && value <= 1000) return value;
  const message = `--disk-factor ${text} is no factor from 1 to 1000`;
  throw new UserError([
    { code: 'usage', severity: 'error', message, hint: 'disk builds take longer: --disk-factor 1.35' },
  ]);
}
