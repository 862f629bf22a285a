import { at } from '../../base/column.ts';
import { float64At } from '../../base/cells.ts';
import type { Builder, Problem } from '../../dispatch/problem.ts';
import type { ResourceKind } from './resource.ts';
import type { BuildModes } from './build-modes.ts';
import { crowdedRamDisk } from './crowded-ram-disk.ts';
import type { ModeResource, ModeTable } from './modes.ts';

/** Sizes of chroots that are told apart, the largest first. */
const MOST_SIZES = 16;

/**
 * What the builders of an architecture have together, and what each mode takes of it. All is weighted by the builder's
 * speed: what is done in one ms. Resources that nothing can run out of are left out. O(modes × resources)
 */
export function modeTable(problem: Problem, arch: string, modes: BuildModes): ModeTable {
  const builders = problem.builders.filter((builder) => builder.arch === arch);
  const resources: readonly (ModeResource | undefined)[] = [
    weighted('slots', problem, modes, builders, { demand: () => 1, capacity: ({ slots }) => slots }),
    ...chroots(problem, modes, builders),
    packed('ram-disk', problem, modes, builders, modes.ramDiskBytes, ({ ramDiskBytes }) => ramDiskBytes),
    crowdedRamDisk(problem, modes, builders),
    packed('memory', problem, modes, builders, modes.memoryBytes, ({ memoryBytes }) => memoryBytes),
    packed('cores', problem, modes, builders, modes.makeJobs, ({ cores }) => cores),
    diskSlots(problem, modes, builders),
  ];
  return {
    offset: modes.offset,
    durationMs: modes.durationMs,
    resources: resources.filter((resource) => resource !== undefined),
  };
}

interface Amounts {
  readonly demand: (mode: number) => number;
  readonly capacity: (builder: Builder) => number;
}

function weighted(
  kind: ResourceKind,
  { builders: all }: Problem,
  { builder, durationMs }: BuildModes,
  builders: readonly Builder[],
  { demand, capacity }: Amounts,
): ModeResource | undefined {
  const total = sum(builders, (one) => capacity(one) * one.speed);
  if (total === 0 || total === Infinity) return undefined;
  const column = Float64Array.from(durationMs, (_, mode) => demand(mode) * at(all, at(builder, mode)).speed);
  return { kind, capacity: total, demand: column };
}

/** A resource of which demands of different sizes are cut on each builder by itself. */
function packed(
  kind: ResourceKind,
  problem: Problem,
  modes: BuildModes,
  builders: readonly Builder[],
  demand: Float64Array,
  capacity: (builder: Builder) => number,
): ModeResource | undefined {
  const resource = weighted(kind, problem, modes, builders, {
    demand: (mode) => float64At(demand, mode),
    capacity,
  });
  if (resource === undefined) return undefined;
  const ofMode = (amount: (builder: Builder) => number): Float64Array =>
    modes.builder.map((builder) => amount(at(problem.builders, builder)));
  return {
    ...resource,
    packing: {
      demand,
      capacity: ofMode(capacity),
      weight: ofMode(({ speed }) => speed),
      totalWeight: sum(builders, (builder) => (capacity(builder) > 0 ? builder.speed : 0)),
      builderCount: sum(builders, (builder) => (capacity(builder) > 0 ? 1 : 0)),
    },
  };
}

/** Builds on disk, where fewer are allowed than there are slots. */
function diskSlots(
  problem: Problem,
  modes: BuildModes,
  builders: readonly Builder[],
): ModeResource | undefined {
  if (builders.every((builder) => builder.diskSlots >= builder.slots)) return undefined;
  return weighted('disk-slots', problem, modes, builders, {
    demand: (mode) => 1 - float64At(modes.isRam, mode),
    capacity: (builder) => builder.diskSlots,
  });
}

/**
 * For each size of chroots: what needs a larger one, and how many larger ones there are. A RAM disk that is one budget holds
 * so many builds of that footprint.
 */
function chroots(
  problem: Problem,
  modes: BuildModes,
  builders: readonly Builder[],
): readonly (ModeResource | undefined)[] {
  const sizes = [...new Set(builders.flatMap((builder) => builder.ramDiskChroots))];
  if (sizes.length === 0) return [];
  const steps = [...sizes.sort((a, b) => b - a).slice(1, MOST_SIZES), -1];
  const slots = sum(builders, (builder) => builder.slots * builder.speed);
  return steps.map((size) => {
    const room = (builder: Builder): number => Math.min(builder.slots, roomFor(builder, size));
    const resource = weighted('chroots', problem, modes, builders, {
      demand: (mode) =>
        float64At(modes.isRam, mode) === 1 && float64At(modes.ramDiskBytes, mode) > size ? 1 : 0,
      capacity: room,
    });
    if (resource === undefined || resource.capacity >= slots) return undefined;
    return { ...resource, laneCount: sum(builders, room) };
  });
}

/** How many builds a builder holds in RAM that need more than `size` each. */
function roomFor({ ramDiskChroots, ramDiskBytes }: Builder, size: number): number {
  if (ramDiskBytes === 0) return 0;
  if (ramDiskChroots.length > 0) return ramDiskChroots.filter((bytes) => bytes > size).length;
  return size < 0 ? Infinity : Math.floor(ramDiskBytes / (size + 1));
}

function sum(builders: readonly Builder[], amount: (builder: Builder) => number): number {
  return builders.reduce((total, builder) => total + amount(builder), 0);
}
