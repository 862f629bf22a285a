import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { NextAnswer, NextHeld, NextStart } from '../next/next-document.ts';
import type { Style } from './style.ts';
import { count, shorten, type Shown } from './summary/lines.ts';
import { textTable } from './text-table.ts';
import { showControls } from './visible-controls.ts';

/** Held builds that are shown before the list is cut. */
const MOST = 15;

/** What may start now as people read it: the builds, what is held back for what, and how far it all is. */
export function formatNext(answer: NextAnswer, style: Style, held: Shown = 'some'): string {
  const sections = [
    startLines(answer, style),
    heldLines(answer, style, held),
    blockedLines(answer, style),
    [progressLine(answer)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function startLines({ start, done, running }: NextAnswer, style: Style): readonly string[] {
  if (start.length > 0)
    return [
      style.bold(`${count(start.length, 'build')} may start now:`),
      ...textTable(start.map(startRow), [false, false, false, false]).map((line) => `  ${line}`),
    ];
  if (done) return [style.bold('nothing is left to start')];
  return [style.bold(`nothing may start before one of the ${count(running, 'running build')} ends`)];
}

function startRow({ id, builder, slot, mode, ...rest }: NextStart): readonly string[] {
  const { chroot, makeJobs, ramDiskBytes, expectedMs } = rest;
  const inChroot = chroot === undefined ? '' : `, chroot ${String(chroot)}`;
  return [
    showControls(id),
    `${showControls(builder)}.${String(slot)}`,
    mode === 'ram' ? `in RAM, ${formatBytes(ramDiskBytes)}${inChroot}` : 'on disk',
    `${count(makeJobs, 'make job')}, about ${formatDuration(expectedMs)}`,
  ];
}

function heldLines(answer: NextAnswer, style: Style, shown: Shown): readonly string[] {
  if (answer.held.length === 0) return [];
  const byId = new Map(answer.held.map((held) => [held.id, held]));
  const rows = answer.held.map((held) => [showControls(held.id), reason(held, byId), expected(held)]);
  const lines = textTable(rows, [false, false, false]).map((line) => `  ${line}`);
  return [style.bold(`${count(answer.held.length, 'build')} held back:`), ...shorten(lines, MOST, shown)];
}

function reason(held: NextHeld, byId: ReadonlyMap<string, NextHeld>): string {
  const { why, builder: name, forId = '', freeBytes = 0, neededBytes = 0 } = held;
  const builder = showControls(name);
  const sizes = `${formatBytes(neededBytes)} needed, ${formatBytes(freeBytes)} free`;
  switch (why) {
    case 'slot':
      return `no free slot on ${builder}`;
    case 'ram-disk':
      return `RAM disk of ${builder}: ${sizes}`;
    case 'chroot':
      return `no large enough chroot of ${builder} is free: ${sizes}`;
    case 'memory':
      return `memory of ${builder}: ${sizes}`;
    case 'disk-slot':
      return `no free place on the disk of ${builder}`;
    case 'cores':
      return `too few free cores on ${builder}`;
    case 'reserved': {
      const first = byId.get(forId);
      const size = first?.neededBytes === undefined ? '' : ` (${formatBytes(first.neededBytes)})`;
      const when = first === undefined ? '' : ` in about ${formatDuration(first.expectedStartMs)}`;
      return `so that ${showControls(forId)}${size} can start on ${builder}${when}`;
    }
  }
}

function expected({ expectedStartMs }: NextHeld): string {
  return `in about ${formatDuration(expectedStartMs)}`;
}

function blockedLines({ blocked }: NextAnswer, style: Style): readonly string[] {
  if (blocked.length === 0) return [];
  const lines = blocked.map(
    ({ id, because }) =>
      `  ${showControls(id)} needs ${because.map((cause) => showControls(cause)).join(', ')}`,
  );
  return [
    style.red(`${count(blocked.length, 'build')} blocked by what failed:`),
    ...shorten(lines, MOST, 'some'),
  ];
}

function progressLine(answer: NextAnswer): string {
  const { finished, running, start, held, waiting, failed, blocked, remainingMs, done } = answer;
  const parts: readonly (readonly [number, string])[] = [
    ...([
      [finished, 'built'],
      [running, 'running'],
      [start.length, 'to start'],
    ] as const),
    ...([
      [held.length, 'held back'],
      [waiting, 'waiting for others'],
    ] as const),
    ...([
      [failed, 'failed'],
      [blocked.length, 'blocked'],
    ] as const),
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${String(number)} ${word}`);
  const rest = done ? '' : `; about ${formatDuration(remainingMs)} to go`;
  return `${told.join(', ')}${rest}`;
}
