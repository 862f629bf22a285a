import { UserError, type Report } from './base/diagnostic.ts';
import { stableJson } from './base/stable-json.ts';
import { readTextFile } from './io/read-text.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { actualPlan } from './journal/actual-plan.ts';
import { builtAttempts } from './journal/built-attempts.ts';
import { parseJournal } from './journal/parse-journal.ts';
import type { Plan } from './plan/plan.ts';
import type { WorkFolder } from './run/work-folder.ts';

/**
 * Writes what took place so far beside the journal, as a plan for `debplan report` and `debplan compare`. Where that can't be done
 * the run is none the worse: it is only reported.
 * @returns how long the run has worked, its pauses left out; undefined: the journal can't be read
 */
export async function writeActual(plan: Plan, work: WorkFolder, report: Report): Promise<number | undefined> {
  let workedMs: number | undefined;
  try {
    const { name, text } = await readTextFile(work.journal);
    const { events } = parseJournal(text, name);
    ({ workedMs } = builtAttempts(events));
    await writeFileAtomically(work.actual, stableJson(actualPlan(plan, events)));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const diagnostic of error.diagnostics) report({ ...diagnostic, severity: 'warning' });
  }
  return workedMs;
}
