import type {
  Inputs,
  OnProgress,
  PlanOptions,
  PlanResult,
  PlanSettings,
  RawPlanSettings,
} from '../src/internal.ts';
import type { InputArguments } from './input-options.ts';
import { readArguments, readOptions } from './read-arguments.ts';
import { printDiagnostics } from './report.ts';
import { watchSearch } from './watch-search.ts';

/** All that a plan is made of: nothing is left to be read. */
export interface PlanTask {
  /** With what the settings files say of sources. */
  readonly inputs: Inputs;
  readonly options: PlanOptions;
  readonly settings: PlanSettings;
}

/**
 * Reads what the command line names, settings first: what is wrong with them is told before indexes take their time.
 * @throws UserError
 */
export async function readPlanTask(
  args: InputArguments,
  raw: RawPlanSettings,
  paths: readonly string[],
): Promise<PlanTask> {
  const { readPlanSettings, thisMachine, withSettings } = await import('../src/internal.ts');
  const { options, settings: breaks } = await readOptions(args);
  const settings = await readPlanSettings(raw, options.architectures, thisMachine());
  const read = await readArguments(args, paths, options.architectures);
  const inputs = withSettings(withSettings(read, settings), breaks);
  return { inputs, options: { ...options, ...settings }, settings };
}

/** Plans, until Ctrl-C at the longest, and prints what is to be said of it. */
export async function makePlan(
  { inputs, options, settings }: PlanTask,
  args: InputArguments,
  onProgress: OnProgress,
): Promise<PlanResult> {
  const { planWithSearch, schedulerFor } = await import('../src/internal.ts');
  const watch = watchSearch(onProgress);
  const scheduler = schedulerFor(settings, options);
  const made = await planWithSearch(inputs, options, scheduler, settings.search, watch).finally(watch.end);
  await printDiagnostics(made.diagnostics, args, inputs.paths);
  return made;
}
