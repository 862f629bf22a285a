import { UserError } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { RunPlace } from '../journal/run-event.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { badBuilders } from './diagnostics.ts';

/** Which builders of a plan somebody wants to run. */
export interface WantedBuilders {
  /** Names; undefined: those of `architectures`. */
  readonly builders: readonly string[] | undefined;
  /** Undefined: this machine's, with those that the plan has it emulate if it may; on a cluster all. */
  readonly architectures: readonly string[] | undefined;
  readonly place: RunPlace;
  /** Whether this machine may run programs of other architectures. */
  readonly isEmulating: boolean;
}

/** What a machine runs beside its own programs, without being told to. */
const ALSO_NATIVE: Readonly<Record<string, readonly string[]>> = { amd64: ['i386'] };

/**
 * The names of the plan's builders that are run, in the plan's order.
 * @param machineArch Debian's name of this machine's architecture
 * @throws UserError for names that the plan doesn't have, for two builders that this one machine might be, and for programs that
 *   it doesn't run
 */
export function chooseBuilders(
  builders: readonly PlanBuilder[],
  wanted: WantedBuilders,
  machineArch: string,
): readonly string[] {
  const chosen =
    wanted.builders === undefined
      ? ofArchitectures(builders, wanted, machineArch)
      : ofNames(builders, wanted.builders);
  const foreign = chosen.find(({ arch }) => !isNative(arch, machineArch));
  if (foreign !== undefined && wanted.place === 'here' && !wanted.isEmulating)
    throw new UserError([
      badBuilders(
        `builder ${foreign.name} is ${foreign.arch}, and this machine is ${machineArch}`,
        'leave it out; --emulate builds there with qemu-user, many times slower',
      ),
    ]);
  return chosen.map(({ name }) => name);
}

export function isNative(arch: string, machineArch: string): boolean {
  return arch === machineArch || ALSO_NATIVE[machineArch]?.includes(arch) === true;
}

function ofNames(builders: readonly PlanBuilder[], names: readonly string[]): readonly PlanBuilder[] {
  const known = builders.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return builders.filter(({ name }) => names.includes(name));
  const near = nearestName(wrong, known);
  throw new UserError([
    badBuilders(
      `--builders: the plan has no builder '${wrong}'`,
      near === undefined ? `it has ${known.join(', ')}` : `did you mean ${near}?`,
    ),
  ]);
}

function ofArchitectures(
  builders: readonly PlanBuilder[],
  { architectures, place, isEmulating }: WantedBuilders,
  machineArch: string,
): readonly PlanBuilder[] {
  const wanted =
    architectures ??
    (place === 'here' ? archesOf(builders, isEmulating, machineArch) : builders.map(({ arch }) => arch));
  const list = builders.map(({ name, arch }) => `${name} (${arch})`).join(', ');
  const isEmulator = builders.some(({ host }) => host === machineArch);
  const hint = isEmulator && !isEmulating ? '; --emulate runs what is planned to be emulated here' : '';
  for (const arch of wanted) {
    const names = builders.filter((builder) => builder.arch === arch).map(({ name }) => name);
    if (names.length === 0)
      throw new UserError([badBuilders(`the plan has no builder for ${arch}`, `it has ${list}${hint}`)]);
    if (names.length > 1 && place === 'here')
      throw new UserError([
        badBuilders(
          `the plan has several builders for ${arch}: ${names.join(', ')}`,
          `say which of them this machine is: --builders ${names[0] ?? ''}`,
        ),
      ]);
  }
  return builders.filter(({ arch }) => wanted.includes(arch));
}

/** This machine's, and those that the plan has it emulate if it may; its own only where the plan has nothing else for it. */
function archesOf(
  builders: readonly PlanBuilder[],
  isEmulating: boolean,
  machineArch: string,
): readonly string[] {
  const emulated = builders.filter(({ host }) => isEmulating && host === machineArch);
  const arches = new Set(emulated.map(({ arch }) => arch));
  if (arches.size === 0 || builders.some(({ arch }) => arch === machineArch)) arches.add(machineArch);
  return [...arches];
}
