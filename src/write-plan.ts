import { dirname, join } from 'node:path';
import { stableJson } from './base/stable-json.ts';
import { emitOrder } from './emit/order.ts';
import { writeFileAtomically } from './io/write-output.ts';
import type { Plan } from './plan/plan.ts';

/**
 * Writes the plan, and the order file beside it; `-` is left to the caller, who prints.
 * @returns the paths that were written
 */
export async function writePlan(
  plan: Plan,
  planFile: string,
  order: string | undefined,
): Promise<readonly string[]> {
  const orderFile = order ?? (planFile === '-' ? undefined : join(dirname(planFile), 'order.txt'));
  const written: string[] = [];
  if (planFile !== '-') {
    await writeFileAtomically(planFile, stableJson(plan));
    written.push(planFile);
  }
  if (orderFile !== undefined) {
    await writeFileAtomically(orderFile, emitOrder(plan));
    written.push(orderFile);
  }
  return written;
}
