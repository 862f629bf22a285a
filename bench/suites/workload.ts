import {
  buildUniverse,
  chooseSources,
  finishPlan,
  graphOf,
  listSchedule,
  makeUnits,
  posePlan,
  readInputs,
  resolveAnalyseOptions,
  scheduleByList,
  stableJson,
  type Builder,
  type Inputs,
  type Plan,
  type PlanOptions,
  type PosedPlan,
  type Problem,
  type Schedule,
  dispatchRule,
  shortestDurations,
  tails,
  type UnitGraph,
  type Universe,
} from '../../src/internal.ts';
import { packageStanzas, sourceStanzas } from '../archive/archive-stanzas.ts';
import { drawArchive } from '../archive/draw-archive.ts';
import { writeArchive, type ArchiveFiles } from '../archive/write-archive.ts';
import { once } from './once.ts';

const SEED = 1;
const GIB = 2 ** 30;
export const ARCHITECTURES = ['amd64', 'arm64'] as const;

/** A generated archive and what each stage makes of it, made when it is asked for and then kept. */
export interface Workload {
  readonly sourceCount: number;
  /** `Sources` and `Packages` of each architecture on disk. */
  readonly files: () => ArchiveFiles;
  readonly sourcesText: () => string;
  /** Of amd64. */
  readonly packagesText: () => string;
  readonly inputs: () => Promise<Inputs>;
  readonly options: PlanOptions;
  readonly universe: () => Promise<Universe>;
  /** Edges of all install sets. */
  readonly graph: () => Promise<UnitGraph>;
  /** Edges of build dependencies alone. */
  readonly directGraph: () => Promise<UnitGraph>;
  readonly posed: () => Promise<PosedPlan>;
  readonly problem: () => Promise<Problem>;
  readonly schedule: () => Promise<Schedule>;
  readonly plan: () => Promise<Plan>;
  readonly planText: () => Promise<string>;
}

/** @param folder where the archive's files may be written */
export function makeWorkload(sourceCount: number, folder: string): Workload {
  const archiveOptions = { sources: sourceCount, seed: SEED };
  const options = planOptions();
  const files = once(() => writeArchive(folder, archiveOptions, ARCHITECTURES));
  const archive = once(() => drawArchive(archiveOptions));
  const inputs = once(async () => readInputs(requestOf(files())));
  const universe = once(async () => universeOf(await inputs(), options));
  const posed = once(async () => posePlan(await inputs(), options));
  const plan = once(async () => {
    const found = await posed();
    const { problem, units } = found.unitProblem;
    return finishPlan(found, scheduleByList(problem, found.bound, units)).plan;
  });
  return {
    sourceCount,
    files,
    sourcesText: once(() => [...sourceStanzas(archive())].join('')),
    packagesText: once(() => [...packageStanzas(archive(), 'amd64')].join('')),
    inputs,
    options,
    universe,
    graph: once(async () => graphOf(await universe(), { ...options, depth: 'install' })),
    directGraph: once(async () => graphOf(await universe(), { ...options, depth: 'direct' })),
    posed,
    problem: once(async () => (await posed()).unitProblem.problem),
    schedule: once(async () => {
      const { problem } = (await posed()).unitProblem;
      return listSchedule(problem, criticalRule(problem));
    }),
    plan,
    planText: once(async () => stableJson(await plan())),
  };
}

/** What `readInputs` is asked for these files. */
export function requestOf({ sources, packages }: ArchiveFiles): Parameters<typeof readInputs>[0] {
  const architectures = packages.map(({ arch }) => arch);
  return { paths: [sources], packages: [...packages], apt: false, architectures, suite: undefined };
}

/** All packages and relations of the inputs, numbered. */
export function universeOf(inputs: Inputs, options: PlanOptions): Universe {
  const silent = (): void => undefined;
  const chosen = chooseSources(inputs.sources, [], silent);
  const { units } = makeUnits(chosen, options, silent);
  const { indexedArchitectures } = inputs;
  const rules = { ...options, indexedArchitectures, counts: () => true, needsBuildEssential: false };
  return buildUniverse(units, chosen, inputs.binaries, rules, silent);
}

/** Starts what the longest chain waits for. */
export function criticalRule(problem: Problem): ReturnType<typeof dispatchRule> {
  return dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
}

/** 32 slots for each architecture, RAM disk enough for all. */
export function planOptions(): PlanOptions {
  const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * GIB };
  return {
    ...resolveAnalyseOptions({ arch: [...ARCHITECTURES] }, machine),
    builders: ARCHITECTURES.map((arch) => roomyBuilder(arch, 512)),
    overrides: [],
  };
}

/** The same problem on builders with so much RAM disk each. */
export function withRamDisk(problem: Problem, gib: number): Problem {
  return { ...problem, builders: problem.builders.map(({ arch }) => roomyBuilder(arch, gib)) };
}

export function roomyBuilder(arch: string, ramDiskGib: number): Builder {
  const noLimits = { ramDiskChroots: [], memoryBytes: Infinity, cores: Infinity };
  const ramDiskBytes = ramDiskGib * GIB;
  return { ...noLimits, name: arch, arch, slots: 32, ramDiskBytes, diskSlots: 32, diskFactor: 1.35, makeJobs: [4], speed: 1 }; // prettier-ignore
}
