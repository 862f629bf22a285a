import { usage } from './usage-error.ts';

/** What is asked of `next`, as it was typed. */
export interface RawNextOptions {
  /** Exactly one plan file; `-` is standard input. */
  readonly paths: readonly string[];
  /** A state file or a journal; `-` is standard input; missing: nothing has happened yet. */
  readonly state?: string | undefined;
  readonly follow: boolean;
  readonly confirm: boolean;
  readonly json: boolean;
}

export interface ResolvedNextOptions {
  readonly plan: string;
  readonly state: string | undefined;
}

/** @throws UserError for what can't be asked together */
export function resolveNextOptions(raw: RawNextOptions): ResolvedNextOptions {
  const { paths, state, follow, confirm, json } = raw;
  const [plan, more] = paths;
  if (plan === undefined) throw usage('no plan is named', 'debplan next plan.json');
  if (more !== undefined) throw usage(`one plan at a time: ${paths.join(' and ')}`, 'leave one out');
  if (confirm && !follow) throw usage('--confirm is for --follow', 'leave it out, or ask with --follow');
  if (json && follow)
    throw usage("--json and --follow can't go together", 'leave --json out: --follow answers in JSON');
  const fromStdin = [plan === '-', state === '-', follow].filter(Boolean).length;
  if (fromStdin > 1)
    throw usage('standard input can be only one of plan, state and events', 'put the others into files');
  return { plan, state };
}
