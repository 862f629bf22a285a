import { compareText } from '../base/compare.ts';
import type { Plan, PlanBuilder } from '../plan/plan.ts';
import type { ComparedInput, ComparedSetting, Pair } from './comparison-document.ts';
import { builderTexts, NATIVE, NO_LIMIT, optionTexts, type SettingTexts } from './setting-texts.ts';

/** The options, then the builders, in which two plans differ. Of what a plan was made with it holds no more. */
export function compareSettings(left: Plan, right: Plan): readonly ComparedSetting[] {
  const options = compareRows([optionTexts(left), optionTexts(right)]);
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

function compareBuilders(
  name: string,
  [left, right]: Pair<PlanBuilder | undefined>,
): readonly ComparedSetting[] {
  if (left === undefined || right === undefined) {
    const values: Pair<string | null> = [describeBuilder(left), describeBuilder(right)];
    return [{ name: `builder ${name}`, values }];
  }
  return compareRows([builderTexts(left), builderTexts(right)]).map((row) => ({
    ...row,
    name: `builder ${name}: ${row.name}`,
  }));
}

/** As `--builder` would have it: `arch=amd64,slots=4,ram-disk=32GiB,…`. */
function describeBuilder(builder: PlanBuilder | undefined): string | null {
  if (builder === undefined) return null;
  return [...builderTexts(builder)]
    .filter(([, { shown }]) => shown !== NO_LIMIT && shown !== NATIVE)
    .map(([name, { shown }]) => `${name}=${shown}`)
    .join(',');
}

function compareRows([left, right]: Pair<SettingTexts>): readonly ComparedSetting[] {
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name): readonly ComparedSetting[] => {
    const [ours, theirs] = [left.get(name), right.get(name)];
    if (ours?.exact === theirs?.exact) return [];
    const isTold = ours?.shown !== theirs?.shown;
    const values: Pair<string | null> = isTold
      ? [ours?.shown ?? null, theirs?.shown ?? null]
      : [ours?.exact ?? null, theirs?.exact ?? null];
    return [{ name, values }];
  });
}
