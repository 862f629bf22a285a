import { dirname, join, resolve } from 'node:path';
import { UserError } from './base/diagnostic.ts';
import { stableJsonPieces } from './base/stable-json.ts';
import { emitOrder } from './emit/order.ts';
import { writeFilesAtomically, type OutputFile } from './io/write-output.ts';
import { refuseOverwriting } from './io/read-places.ts';
import type { Plan } from './plan/plan.ts';

/** Where a plan goes; `-` is stdout. */
export interface PlanOutputs {
  /** The plan's file; missing: `plan.json`, with `json` stdout. */
  readonly output?: string | undefined;
  /** The order's file; missing: `order.txt` beside the plan's file, if that is one. */
  readonly order?: string | undefined;
  /** The plan goes to stdout, whatever else is written. */
  readonly json: boolean;
}

export interface WrittenPlan {
  /** Paths of the files that were written. */
  readonly written: readonly string[];
  /** What was asked for on stdout instead of a summary, in pieces: a plan may be longer than a string can be. */
  readonly answer: Iterable<string> | undefined;
}

/**
 * Writes the plan and the order file, both or none.
 * @throws UserError when a file can't be written or is an input, or when two texts would go to one place: nothing is written then
 */
export async function writePlan(plan: Plan, outputs: PlanOutputs): Promise<WrittenPlan> {
  const isPlanPrinted = outputs.json || outputs.output === '-';
  const planFile = outputs.output ?? (outputs.json ? '-' : 'plan.json');
  const orderFile = outputs.order ?? orderBeside(planFile);
  if (orderFile === '-' && isPlanPrinted) throw samePlace('stdout');
  if (isFile(orderFile) && isFile(planFile) && resolve(orderFile) === resolve(planFile)) {
    throw samePlace(`'${planFile}'`);
  }
  refuseOverwriting('--output', planFile);
  if (orderFile !== undefined) refuseOverwriting('--order', orderFile);
  const files: OutputFile[] = [];
  if (planFile !== '-') files.push({ path: planFile, content: stableJsonPieces(plan) });
  if (orderFile !== undefined && orderFile !== '-') files.push({ path: orderFile, content: emitOrder(plan) });
  await writeFilesAtomically(files);
  const written = files.map(({ path }) => path);
  const answer = isPlanPrinted ? stableJsonPieces(plan) : orderFile === '-' ? [emitOrder(plan)] : undefined;
  return { written, answer };
}

function orderBeside(planFile: string): string | undefined {
  return isFile(planFile) ? join(dirname(planFile), 'order.txt') : undefined;
}

/** Neither stdout nor a device: `/dev/null` takes any number of texts, and nothing belongs beside it. */
function isFile(path: string | undefined): path is string {
  return path !== undefined && path !== '-' && !path.startsWith('/dev/');
}

function samePlace(place: string): UserError {
  return new UserError([
    {
      code: 'usage',
      severity: 'error',
      message: `the plan and the order file would both go to ${place}`,
      hint: 'name another place for one of them: -o FILE, --order FILE',
    },
  ]);
}
