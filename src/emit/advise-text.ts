import type { AdvisedHost, Advice, ArchAdvice, Choice, ChrootChoice } from '../advise/advice.ts';
import { chrootsText } from '../advise/builder-text.ts';
import { formatBytes, formatDuration } from '../base/quantity.ts';
import { jobsTable, ramDiskTable } from './advise/heat-table.ts';
import type { Style } from './style.ts';
import { count, wrap } from './summary/lines.ts';
import { textTable } from './text-table.ts';

/** The advice as a person reads it: what to set, how good that is, what else there is, and what to type. */
export function formatAdvice(advice: Advice, style: Style): string {
  const blocks = advice.architectures.map((arch) => archBlock(advice, arch, style).join('\n'));
  return `${blocks.join('\n\n\n')}\n`;
}

function archBlock(advice: Advice, arch: ArchAdvice, style: Style): readonly string[] {
  const section = (title: string, lines: readonly string[]): readonly string[] => [
    '',
    style.bold(title),
    ...lines.map((line) => `  ${line}`),
  ];
  return [
    ...headline(advice, arch, style),
    ...section(
      `how long all builds take, by slots and RAM disk (${arch.best.makespanMs >= HOUR_MS ? 'hours:minutes' : 'minutes:seconds'})`,
      ramDiskTable(advice, arch, style),
    ),
    ...section('by slots and make jobs, each with the best RAM disk for it', jobsTable(advice, arch, style)),
    ...section('with fixed chroots, one build each', chrootLines(arch)),
    ...section('what to type', commands(arch)),
    ...section('what this rests on', assumptions(advice.host, arch)),
  ];
}

const HOUR_MS = 3_600_000;

function headline({ host, withinPercent }: Advice, arch: ArchAdvice, style: Style): readonly string[] {
  const { best, smallest, lowerBoundMs, lowerBoundName } = arch;
  const memory = `${formatBytes(host.memoryBytes)} of memory and ${count(host.cores, 'core')}`;
  const gap =
    best.makespanMs === lowerBoundMs ? '' : ` (${percentAbove(best.makespanMs, lowerBoundMs)} above it)`;
  const lines = [
    style.bold(`${arch.arch}: ${count(arch.taskCount, 'build')} on a host with ${memory}`),
    `  set up      ${style.bold(describe(smallest))}: ${formatDuration(smallest.makespanMs)}`,
  ];
  if (best.makespanMs < smallest.makespanMs || best.ramDiskBytes !== smallest.ramDiskBytes) {
    lines.push(
      `              the smallest RAM disk within ${String(withinPercent)} % of the fastest`,
      `  fastest     ${describe(best)}: ${formatDuration(best.makespanMs)}`,
    );
  }
  lines.push(
    `  at best     no setting ends before ${formatDuration(lowerBoundMs)}, by ${lowerBoundName}${gap}`,
  );
  return lines;
}

/** `8 slots, 4 make jobs each, RAM disk of 48 GiB`. */
function describe({ slots, makeJobs, ramDiskBytes }: Choice): string {
  const disk = ramDiskBytes === 0 ? 'no RAM disk' : `a RAM disk of ${formatBytes(ramDiskBytes)}`;
  const jobs = count(makeJobs, 'make job');
  return `${count(slots, 'slot')}, ${slots === 1 ? jobs : `${jobs} each`}, ${disk}`;
}

function chrootLines({ chroots }: ArchAdvice): readonly string[] {
  const { best, equal, starlingx } = chroots;
  const row = (title: string, choice: ChrootChoice): readonly string[] => {
    const { slots, makeJobs, ramDiskBytes, ramDiskChroots, diskSlots, makespanMs } = choice;
    const sum = ramDiskChroots.length > 1 ? ` (${formatBytes(ramDiskBytes)})` : '';
    return [
      ...[title, String(slots), String(makeJobs), chrootsText(ramDiskChroots) + sum, String(diskSlots)],
      formatDuration(makespanMs),
      makespanMs === best.makespanMs ? '' : `+${percentAbove(makespanMs, best.makespanMs)}`,
    ];
  };
  return textTable(
    [
      ['', 'slots', 'make jobs', 'in RAM', 'on disk', 'all builds', ''],
      row('best shape', best),
      row("StarlingX's formula, same slots", equal),
      row("StarlingX's formula, best flags", starlingx),
    ],
    [false, true, true, false, true, true, true],
  );
}

function commands({ smallest, chroots }: ArchAdvice): readonly string[] {
  const { best, starlingx } = chroots;
  return [
    'debplan, one RAM disk:',
    `  --builder ${smallest.builder}`,
    'debplan, fixed chroots:',
    `  --builder ${best.builder}`,
    'StarlingX (what its queue loses besides, debplan simulate shows):',
    `  build-pkgs --parallel ${String(starlingx.parallel)} --max_make_jobs ${String(starlingx.maxMakeJobs)} --tmpfs_percentage ${String(starlingx.tmpfsPercentage)}`,
  ];
}

function assumptions(host: AdvisedHost, arch: ArchAdvice): readonly string[] {
  const { assumedMemoryCount, taskCount, needsElsewhereCount, diskFactor, grid } = arch;
  const lines = [
    `durations and sizes are the plan's; a build on disk takes ${String(diskFactor)} times as long (--disk-factor)`,
  ];
  if (assumedMemoryCount > 0) {
    const of =
      assumedMemoryCount === taskCount ? 'of no build' : `not of ${count(assumedMemoryCount, 'build')}`;
    lines.push(
      `how much memory compilers take is known ${of}: ${formatBytes(host.memoryPerJobBytes)} for each make job is assumed and kept free beside the RAM disk (--memory-per-job)`,
    );
  }
  if (needsElsewhereCount > 0)
    lines.push(
      `${count(needsElsewhereCount, 'build')} need what other architectures build: that is taken as done`,
    );
  if (grid.isCoarse)
    lines.push(
      `with ${count(taskCount, 'build')} the grid is coarse: --slots and --jobs look closer at a part of it`,
    );
  return lines.flatMap((line) => wrap(line, '', 3));
}

function percentAbove(ms: number, baseMs: number): string {
  return baseMs === 0 ? '–' : `${((ms / baseMs - 1) * 100).toFixed(1)} %`;
}
