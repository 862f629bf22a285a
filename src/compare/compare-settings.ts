import { compareText } from '../base/compare.ts';
import type { Plan, PlanBuilder } from '../plan/plan.ts';
import type { ComparedInput, ComparedSetting, Pair } from './comparison-document.ts';

type SettingValue = string | number | boolean | null | readonly (string | number)[];

/** The options, then the builders, in which two plans differ. Of what a plan was made with it holds no more. */
export function compareSettings(left: Plan, right: Plan): readonly ComparedSetting[] {
  const options = compareRows(optionTexts(left), optionTexts(right));
  const ours = new Map(left.builders.map((builder) => [builder.name, builder]));
  const theirs = new Map(right.builders.map((builder) => [builder.name, builder]));
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort(compareText);
  return [...options, ...names.flatMap((name) => compareBuilders(name, [ours.get(name), theirs.get(name)]))];
}

/** The files that one plan alone was made from, or that have changed. */
export function compareInputs(left: Plan, right: Plan): readonly ComparedInput[] {
  const ours = new Map(left.inputs.map(({ name, sha256 }) => [name, sha256]));
  const theirs = new Map(right.inputs.map(({ name, sha256 }) => [name, sha256]));
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .sort(compareText)
    .filter((name) => ours.get(name) !== theirs.get(name))
    .map((name) => ({ name, sha256: [ours.get(name) ?? null, theirs.get(name) ?? null] }));
}

/** Also what the search found the schedule by: that is no option, but tells why schedules of equal options differ. */
function optionTexts({ options }: Plan): ReadonlyMap<string, string> {
  const { search, ...others } = options;
  return new Map([
    ...Object.entries<SettingValue>(others).map(([name, value]) => [name, formatValue(value)] as const),
    ...Object.entries<SettingValue>({ ...search }).map(
      ([name, value]) => [`search.${name}`, formatValue(value)] as const,
    ),
  ]);
}

function compareBuilders(
  name: string,
  [left, right]: Pair<PlanBuilder | undefined>,
): readonly ComparedSetting[] {
  if (left === undefined || right === undefined) {
    const values: Pair<string | null> = [describeBuilder(left), describeBuilder(right)];
    return [{ name: `builder ${name}`, values }];
  }
  return compareRows(builderTexts(left), builderTexts(right)).map((row) => ({
    ...row,
    name: `builder ${name}: ${row.name}`,
  }));
}

function describeBuilder(builder: PlanBuilder | undefined): string | null {
  if (builder === undefined) return null;
  return [...builderTexts(builder)].map(([name, value]) => `${name} ${value}`).join(', ');
}

function builderTexts(builder: PlanBuilder): ReadonlyMap<string, string> {
  return new Map(
    Object.entries<SettingValue>({ ...builder })
      .filter(([name]) => name !== 'name')
      .map(([name, value]) => [name, formatValue(value)]),
  );
}

function compareRows(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): readonly ComparedSetting[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => ({ name, values: [left.get(name) ?? null, right.get(name) ?? null] }));
}

/** Lists with commas, nothing as `none`. */
function formatValue(value: SettingValue): string {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}
