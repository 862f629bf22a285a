import { UserError } from '../base/diagnostic.ts';
import { formatBytes } from '../base/quantity.ts';
import { exactBytes } from './builder-text.ts';
import type { ArchWork } from './arch-work.ts';
import type { GridWishes } from './grid.ts';
import { processMemory, type Host } from './host.ts';
import type { MemoryLimits } from './memory-limits.ts';

export function nothingToBuild(file: string): UserError {
  return refusal('empty-plan', `${file} builds nothing`, 'make a plan of what is to be built: debplan plan');
}

export function notInPlan(arch: string, built: readonly string[], file: string): UserError {
  return refusal(
    'no-such-architecture',
    `--arch ${arch}: ${file} builds nothing on ${arch}`,
    `it builds on ${built.join(' and ')}`,
  );
}

/**
 * @throws UserError for a host on which the fewest slots and make jobs have too few cores or too little memory, or some that were
 * asked for have with the fewest of the others
 */
export function refuseHost(work: ArchWork, host: Host, limits: MemoryLimits, wishes: GridWishes): void {
  const fewestSlots = wishes.slots?.[0] ?? 1;
  const fewestJobs = wishes.makeJobs?.[0] ?? 1;
  for (const slots of wishes.slots ?? [1]) refuseSetting(work, host, limits, slots, fewestJobs);
  for (const makeJobs of wishes.makeJobs ?? []) refuseSetting(work, host, limits, fewestSlots, makeJobs);
}

function refuseSetting(
  work: ArchWork,
  host: Host,
  limits: MemoryLimits,
  slots: number,
  makeJobs: number,
): void {
  if (slots * makeJobs > host.cores) {
    throw refusal(
      'too-few-cores',
      `${describe(slots, makeJobs)} need ${String(slots * makeJobs)} cores: more than --cores ${String(host.cores)}`,
      'ask for less with --slots or --jobs; if builds may share cores, give more than there are',
    );
  }
  if (limits.ramDiskBytes(slots, makeJobs) >= 0) return;
  const processes = processMemory(work, host, makeJobs);
  const most = processes.reduce((largest, bytes) => Math.max(largest, bytes), 0);
  const who =
    most > host.memoryBytes
      ? `${work.ids[processes.indexOf(most)] ?? ''} takes ${formatBytes(most)}`
      : `the builds of ${describe(slots, makeJobs)} take ${formatBytes(limits.compilersBytes(slots, makeJobs))}`;
  throw refusal(
    'too-little-memory',
    `${who} for compilers alone: more than --memory ${exactBytes(host.memoryBytes)}`,
    'give the host more memory, or correct --memory-per-job or the estimates',
  );
}

function describe(slots: number, makeJobs: number): string {
  const jobs = makeJobs === 1 ? 'one make job' : `${String(makeJobs)} make jobs`;
  return slots === 1 ? `one slot with ${jobs}` : `${String(slots)} slots with ${jobs} each`;
}

function refusal(code: string, message: string, hint: string): UserError {
  return new UserError([{ code, severity: 'error', message, hint }]);
}
