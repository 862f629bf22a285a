import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { Style } from '../style.ts';
import { count, shorten } from '../summary/lines.ts';
import { showControls } from '../visible-controls.ts';

/** What a run would do first, if it were begun now. */
export interface DryRun {
  readonly plan: string;
  /** As it was typed. */
  readonly work: string;
  readonly builders: readonly { readonly name: string; readonly arch: string; readonly slots: number }[];
  /** `sbuild, each build in a chroot of its own`. */
  readonly backend: string;
  /** Where builds in RAM are made; undefined: there are none here. */
  readonly ramPlace: 'mount' | 'namespace' | 'shared' | 'disk' | undefined;
  readonly total: number;
  /** What an earlier run has done. */
  readonly built: number;
  readonly failed: number;
  readonly running: number;
  /** Not tried here: not meant to, or in need of what is not. */
  readonly left: number;
  readonly starts: readonly DryStart[];
}

export interface DryStart {
  readonly id: string;
  readonly builder: string;
  readonly slot: number;
  readonly mode: 'ram' | 'disk';
  readonly ramDiskBytes: number;
  readonly makeJobs: number;
  readonly expectedMs: number;
}

const PLACES: Readonly<Record<NonNullable<DryRun['ramPlace']>, string>> = {
  mount: 'each build in RAM gets a RAM disk of its own, mounted for it',
  namespace: 'each build in RAM gets a RAM disk of its own, in a user namespace',
  shared: 'builds in RAM share one RAM disk: what each takes is accounted, not enforced',
  disk: 'builds that are planned for RAM are made on disk',
};

/** Says what a run would do, for people. */
export function formatDryRun(dry: DryRun, style: Style): string {
  const { plan, work, builders, backend, ramPlace, total, built, failed, running, left, starts } = dry;
  const todo = total - built - failed - running - left;
  const before = [
    ...(built > 0 ? [`${count(built, 'build')} done before`] : []),
    ...(failed > 0 ? [`${count(failed, 'build')} failed before`] : []),
    ...(running > 0 ? [`${count(running, 'build')} may still run`] : []),
    ...(left > 0 ? [`${count(left, 'build')} not tried here`] : []),
  ];
  const names = builders.map(
    ({ name, arch, slots }) => `${showControls(name)} (${arch}, ${count(slots, 'slot')})`,
  );
  return [
    style.bold(
      `${showControls(plan)}: ${String(todo)} of ${count(total, 'build')} to be made in ${showControls(work)}`,
    ),
    ...before.map((line) => `  ${line}`),
    `on:     ${names.join(', ')}`,
    `with:   ${backend}`,
    ...(ramPlace === undefined ? [] : [`where:  ${PLACES[ramPlace]}`]),
    ...(starts.length === 0 ? ['nothing can start'] : ['first:']),
    ...shorten(starts.map(startLine), MOST, 'some').map((line) => `  ${line}`),
    '',
  ].join('\n');
}

const MOST = 20;

function startLine({ id, builder, slot, mode, ramDiskBytes, makeJobs, expectedMs }: DryStart): string {
  const place = mode === 'ram' ? `in RAM (${formatBytes(ramDiskBytes)})` : 'on disk';
  const jobs = `${count(makeJobs, 'make job')}, expected ${formatDuration(expectedMs)}`;
  return `${showControls(builder)}.${String(slot)}  ${showControls(id)}  ${place}, ${jobs}`;
}
