import type { AdvisedHost, Advice, ArchAdvice, Choice, ChrootChoice } from '../advise/advice.ts';
import { chrootsText } from '../advise/builder-text.ts';
import { formatBytes, formatDuration } from '../base/quantity.ts';
import { jobsTable, leastMs, ramDiskTable } from './advise/heat-table.ts';
import type { Style } from './style.ts';
import { formatBinding } from './summary/binding.ts';
import { count, wrap } from './summary/lines.ts';
import { nameKeys } from './summary/unit-names.ts';
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
  const unit = leastMs(arch) >= HOUR_MS ? 'hours:minutes' : 'minutes:seconds';
  return [
    ...headline(advice, arch, style),
    ...section('what to type', commands(arch)),
    ...section('fixed chroots, one build each', chrootLines(arch)),
    ...section(`all builds by slots and RAM disk (${unit})`, ramDiskTable(advice, arch, style)),
    ...(arch.grid.isTight
      ? []
      : section('by slots and make jobs, with the best RAM disk for each', jobsTable(advice, arch, style))),
    ...section('what this rests on', assumptions(advice.host, arch)),
  ];
}

const HOUR_MS = 3_600_000;

function headline({ host, withinPercent }: Advice, arch: ArchAdvice, style: Style): readonly string[] {
  const { best, smallest } = arch;
  const memory = `${formatBytes(host.memoryBytes)} of memory and ${count(host.cores, 'core')}`;
  const lines = [
    style.bold(`${arch.arch}: ${count(arch.taskCount, 'build')} on a host with ${memory}`),
    `  set up      ${style.bold(describe(smallest))}: ${formatDuration(smallest.makespanMs)}`,
  ];
  if (best.makespanMs < smallest.makespanMs || best.ramDiskBytes !== smallest.ramDiskBytes) {
    lines.push(
      `              the smallest RAM disk within ${String(withinPercent)} % of the fastest`,
      `  fastest     ${describe(best)}: ${formatDuration(best.makespanMs)}`,
    );
  } else if (best.ramDiskBytes > 0) {
    lines.push(
      `              the fastest, and the smallest RAM disk within ${String(withinPercent)} % of that`,
    );
  }
  return [...lines, ...limits(arch)];
}

/** What no setting can beat, and why. */
function limits(arch: ArchAdvice): readonly string[] {
  const { best, lowerBoundMs, lowerBoundBinding, lowerBoundSlots } = arch;
  const names = nameKeys(new Set(lowerBoundBinding.kind === 'chain' ? lowerBoundBinding.tasks : []));
  const binding = formatBinding(lowerBoundBinding, lowerBoundMs, (id) => names.get(id)?.name ?? id);
  const distance =
    best.makespanMs === lowerBoundMs
      ? ', which the fastest reaches'
      : `; the fastest takes ${percentAbove(best.makespanMs, lowerBoundMs)} longer`;
  return [
    `  at best     ${formatDuration(lowerBoundMs)} with any of these slots and make jobs${distance}`,
    ...wrap(`what binds there: ${binding} (with ${count(lowerBoundSlots, 'slot')})`, ' '.repeat(14), 3),
  ];
}

/** `8 slots, 4 make jobs each, RAM disk of 48 GiB`. */
function describe({ slots, makeJobs, ramDiskBytes }: Choice): string {
  const disk = ramDiskBytes === 0 ? 'no RAM disk' : `a RAM disk of ${formatBytes(ramDiskBytes)}`;
  const jobs = count(makeJobs, 'make job');
  return `${count(slots, 'slot')}, ${slots === 1 ? jobs : `${jobs} each`}, ${disk}`;
}

function chrootLines({ chroots }: ArchAdvice): readonly string[] {
  const { best, equal, largest, starlingx } = chroots;
  const row = (title: string, choice: ChrootChoice, percentage?: number): readonly string[] => {
    const { slots, makeJobs, ramDiskBytes, ramDiskChroots, diskSlots, makespanMs } = choice;
    const sum = ramDiskChroots.length > 1 ? ` (${formatBytes(ramDiskBytes)})` : '';
    return [
      ...[title, String(slots), String(makeJobs), percentage === undefined ? '' : String(percentage)],
      ...[chrootsText(ramDiskChroots) + sum, String(diskSlots), formatDuration(makespanMs)],
      makespanMs === best.makespanMs ? '' : `${percentAbove(makespanMs, best.makespanMs)} longer`,
    ];
  };
  const isLargestSlower = largest.makespanMs > equal.makespanMs;
  const rows = [
    ['', 'slots', 'make jobs', 'tmpfs %', 'in RAM', 'on disk', 'all builds', ''],
    row('best shape', best),
    row("StarlingX's formula, best flags", starlingx, starlingx.tmpfsPercentage),
    ...(equal.builder === starlingx.builder
      ? []
      : [row('  the same slots as the best', equal, equal.tmpfsPercentage)]),
    ...(isLargestSlower ? [row('  the same slots, all memory', largest, largest.tmpfsPercentage)] : []),
  ];
  return [
    ...textTable(rows, [false, true, true, true, false, true, true, true]),
    ...(isLargestSlower
      ? wrap(
          'its formula turns more memory into more chroots, not larger ones: fewer stay on disk for the builds that fit none',
          '',
          2,
        )
      : []),
    ...wrap(
      "each shape is scheduled by debplan: what StarlingX's own queue loses besides, debplan simulate --policies starlingx shows",
      '',
      2,
    ),
  ];
}

function commands({ smallest, chroots }: ArchAdvice): readonly string[] {
  const { best, starlingx } = chroots;
  return [
    'debplan, one RAM disk:',
    `  --builder ${smallest.builder}`,
    'debplan, fixed chroots:',
    `  --builder ${best.builder}`,
    'StarlingX, the best flags of its formula:',
    `  build-pkgs --parallel ${String(starlingx.parallel)} --max_make_jobs ${String(starlingx.maxMakeJobs)} --tmpfs_percentage ${String(starlingx.tmpfsPercentage)}`,
  ];
}

function assumptions(host: AdvisedHost, arch: ArchAdvice): readonly string[] {
  const { assumedMemoryCount, taskCount, needsElsewhereCount, diskFactor, grid, isRefined } = arch;
  const lines = [
    `durations and sizes are the plan's; a build on disk takes ${String(diskFactor)} times as long (--disk-factor)`,
  ];
  if (assumedMemoryCount > 0) {
    const whose =
      assumedMemoryCount === taskCount
        ? "no build's memory is known"
        : `the memory of ${count(assumedMemoryCount, 'build')} is not known`;
    lines.push(
      `${whose}: ${formatBytes(host.memoryPerJobBytes)} for each make job is assumed and kept free beside the RAM disk (--memory-per-job)`,
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
  lines.push(
    isRefined
      ? 'the tables by slots compare settings scheduled once each; all others are scheduled as debplan plan does, so they may be shorter'
      : 'each setting is scheduled once',
  );
  return lines.flatMap((line) => wrap(line, '', 3));
}

function percentAbove(ms: number, baseMs: number): string {
  if (baseMs === 0) return '–';
  const percent = (ms / baseMs - 1) * 100;
  return percent < 0.05 ? 'less than 0.1 %' : `${percent.toFixed(1)} %`;
}
