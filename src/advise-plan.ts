import { resolveAdviseOptions, type RawAdviseOptions } from './options/advise-options.ts';
import { advise } from './advise/advise.ts';
import { stableJson } from './base/stable-json.ts';
import { formatAdvice } from './emit/advise-text.ts';
import type { Style } from './emit/style.ts';
import { readTextFile } from './io/read-text.ts';
import { readPlan } from './plan/read-plan.ts';
import { usage } from './options/usage-error.ts';

export interface AdviseRequest extends RawAdviseOptions {
  /** The plan's file; `-` is stdin. */
  readonly paths: readonly string[];
  readonly json: boolean;
}

/**
 * Reads a plan and says how to set up a host for it.
 * @returns what goes to stdout
 * @throws UserError for a plan that can't be read, and for a host that is missing or too small
 */
export async function answerAdvice(request: AdviseRequest, style: Style): Promise<string> {
  const [path, ...more] = request.paths;
  const example = 'debplan advise plan.json --memory 128GiB --cores 32';
  if (path === undefined) throw usage('a plan is needed', example);
  if (more.length > 0) throw usage(`one plan at a time, not ${request.paths.join(' and ')}`, example);
  const options = resolveAdviseOptions(request);
  const { name, text } = await readTextFile(path);
  const advice = advise(readPlan(text, name), name, options);
  return request.json ? stableJson(advice) : formatAdvice(advice, style);
}
