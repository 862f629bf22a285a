import { stableJson } from './base/stable-json.ts';
import { withConditions } from './compare/check-conditions.ts';
import { compareArchitectures, comparePlans } from './compare/compare-plans.ts';
import type { ComparisonDocument, NamedPlan } from './compare/comparison-document.ts';
import { emitComparisonMarkdown } from './emit/comparison-markdown.ts';
import { formatComparison } from './emit/comparison-text.ts';
import type { Style } from './emit/style.ts';
import { readTextFiles } from './io/read-texts.ts';
import { resolveCompareOptions, type RawCompareOptions } from './options/compare-options.ts';
import { usage } from './options/usage-error.ts';
import { problemOfPlan } from './plan/problem-of-plan.ts';
import { readPlan } from './plan/read-plan.ts';

/** What is asked of `debplan compare`; at most one of `json` and `markdown`. */
export interface CompareRequest extends RawCompareOptions {
  readonly json: boolean;
  readonly markdown: boolean;
  /** Everything, instead of what fits a screen; JSON always has everything. */
  readonly all: boolean;
}

export interface CompareAnswer {
  readonly text: string;
  /** What `--fail-if` was to guard against and has happened, one message each. */
  readonly failed: readonly string[];
}

/** The answer of `debplan compare`. @throws UserError for requests that can't be met, and plans that can't be used */
export async function answerComparison(
  { json, markdown, all, ...raw }: CompareRequest,
  style: Style,
): Promise<CompareAnswer> {
  if (json && markdown) throw usage("--json and --markdown can't go together", 'ask for one of them');
  const { paths, architectures, conditions } = resolveCompareOptions(raw);
  const plans = (await readTextFiles(paths)).map(({ name, text }): NamedPlan => {
    const plan = readPlan(text, name);
    problemOfPlan(plan, name); // what contradicts itself isn't compared
    return { label: name, plan };
  });
  const document = withConditions(compare(plans, architectures), conditions);
  const failed = document.conditions.filter(({ isMet }) => isMet).map(({ message }) => message);
  if (json) return { text: stableJson(document), failed };
  const text = markdown ? emitComparisonMarkdown(document, all) : formatComparison(document, { all, style });
  return { text, failed };
}

function compare(plans: readonly NamedPlan[], architectures: readonly string[]): ComparisonDocument {
  const [left, right = left] = plans;
  if (left === undefined || right === undefined) throw new Error('BUG: no plan was read');
  if (left === right) return compareArchitectures(left, ...chooseTwo(left, architectures));
  const [ours, theirs = ours] = architectures;
  if (ours === undefined || theirs === undefined) return comparePlans(left, right);
  checkArchitecture(left, ours);
  checkArchitecture(right, theirs);
  return compareArchitectures(left, ours, theirs, right);
}

/** The two architectures of a plan that has no more, or those that are named. */
function chooseTwo(named: NamedPlan, architectures: readonly string[]): readonly [string, string] {
  const { label, plan } = named;
  const planned = plan.options.architectures;
  const [left, right, ...more] = architectures.length === 0 ? planned : architectures;
  if (left === undefined || right === undefined)
    throw usage(
      `${label} is one plan, and ${left ?? 'nothing'} alone can't be compared`,
      planned.length > 1
        ? `name two of its architectures: --arch ${planned.slice(0, 2).join(',')}`
        : `name a second plan: debplan compare ${label} other.json`,
    );
  if (more.length > 0)
    throw usage(
      `${label} is for ${planned.join(', ')}`,
      `name two of them: --arch ${planned.slice(0, 2).join(',')}`,
    );
  for (const arch of [left, right]) checkArchitecture(named, arch);
  if (left === right) throw usage(`--arch ${left},${right} names one architecture twice`, 'name two');
  return [left, right];
}

function checkArchitecture({ label, plan }: NamedPlan, arch: string): void {
  const planned = plan.options.architectures;
  if (planned.includes(arch)) return;
  throw usage(`${label} is not for ${arch}`, `it is for ${planned.join(', ')}`);
}
