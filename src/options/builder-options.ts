import { compareText } from '../base/compare.ts';
import type { Report, UserError } from '../base/diagnostic.ts';
import { isArchitecture } from '../debian/architecture.ts';
import {
  DISK_FACTOR,
  DURATION_JOBS,
  parseBuilder,
  type BuilderDefaults,
  type GivenBuilder,
} from '../dispatch/parse-builder.ts';
import type { Machine } from '../io/this-machine.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/**
 * The builders that were given, or this machine for each architecture: a build slot for every four processors, and half
 * of the memory as RAM disk.
 * @throws UserError for two builders of one name, one of an unknown architecture, or an architecture without one
 */
export function resolveBuilders(
  given: readonly GivenBuilder[],
  architectures: readonly string[],
  machine: Machine,
  report: Report,
  { diskFactor }: BuilderDefaults = { diskFactor: DISK_FACTOR },
): readonly GivenBuilder[] {
  if (given.length === 0) {
    report(assumedBuilders(architectures, machine));
    return architectures.map((arch) => machineBuilder(arch, machine, diskFactor));
  }
  const names = new Set<string>();
  for (const { name, arch, host } of given) {
    if (names.has(name)) throw sameName(name);
    names.add(name);
    if (!isArchitecture(arch)) throw unknownArchitecture(`builder '${name}': arch=${arch}`, arch);
    if (host !== undefined && !isArchitecture(host))
      throw unknownArchitecture(`builder '${name}': host=${host}`, host);
    if (!architectures.includes(arch)) report(unusedBuilder(name, arch));
  }
  for (const arch of architectures) {
    if (!given.some((builder) => builder.arch === arch)) throw noBuilder(arch);
  }
  return [...given]
    .filter((builder) => architectures.includes(builder.arch))
    .sort((a, b) => compareText(a.name, b.name));
}

/** The builders of `--builder`, in any order. @throws UserError for one that can't be read */
export function parseBuilders(texts: readonly string[], defaults: BuilderDefaults): readonly GivenBuilder[] {
  return texts.map((text) => {
    const keys = text.split(',').map((part) => part.replace(/=.*/s, '').trim());
    const double = keys.find((key, index) => keys.indexOf(key) < index);
    if (double !== undefined) throw usage(`builder '${text}': ${double}= is given twice`, 'leave one out');
    return parseBuilder(text, defaults);
  });
}

function machineBuilder(arch: string, machine: Machine, diskFactor: number): GivenBuilder {
  const slots = Math.max(1, Math.floor(machine.cpus / DURATION_JOBS));
  return {
    name: `this-machine-${arch}`,
    arch,
    slots,
    ramDiskBytes: Math.floor(machine.memoryBytes / 2),
    ramDiskChroots: [],
    memoryBytes: machine.memoryBytes,
    diskSlots: slots,
    diskFactor,
    cores: Infinity,
    makeJobs: [Math.min(DURATION_JOBS, machine.cpus)],
    speed: 1,
    isSpeedGiven: false,
  };
}

function assumedBuilders(architectures: readonly string[], machine: Machine): Parameters<Report>[0] {
  return {
    code: 'assumed-builder',
    severity: 'note',
    message: `no --builder: a machine like this one is planned for ${architectures.join(' and ')} (${String(machine.cpus)} processors, half of the memory as RAM disk)`,
    hint: 'describe yours: --builder name=x86-1,arch=amd64,slots=8,ram-disk=64GiB',
  };
}

function sameName(name: string): UserError {
  return usage(`two builders are called '${name}'`, 'give each its own name=');
}

function noBuilder(arch: string): UserError {
  return usage(`no builder for ${arch}`, `add --builder name=NAME,arch=${arch},slots=N,ram-disk=SIZE`);
}

function unusedBuilder(name: string, arch: string): Parameters<Report>[0] {
  return {
    code: 'unused-builder',
    severity: 'note',
    message: `builder '${name}' gets no work: ${arch} is not among the architectures of the plan`,
    hint: `add it: --arch ${arch}`,
  };
}
