import { compareText } from '../base/compare.ts';
import { DISK_FACTOR } from '../dispatch/parse-builder.ts';
import type { BuildRecord } from '../history/record.ts';
import type { EstimateBuilder } from './estimate.ts';

/** Numbers the effects of a fit: the scale, each architecture, each machine. */
export class Machines {
  readonly #builders: ReadonlyMap<string, EstimateBuilder>;
  readonly #arches = new Map<string, number>();
  readonly #machines = new Map<string, number>();
  /** Architecture of each machine, by its effect. */
  readonly #archOf = new Map<number, string>();
  readonly #names = new Map<number, string>();
  readonly #ofArch = new Map<string, readonly number[]>();
  #count = 1;

  constructor(records: Iterable<BuildRecord>, builders: readonly EstimateBuilder[]) {
    this.#builders = new Map(builders.map((builder) => [builder.name, builder]));
    for (const record of records) {
      const arch = this.runArch(record);
      if (!this.#arches.has(arch)) this.#arches.set(arch, this.#count++);
      const key = machineKey(arch, record.builder);
      if (record.builder === undefined || this.#machines.has(key)) continue;
      this.#archOf.set(this.#count, arch);
      this.#names.set(this.#count, record.builder);
      this.#machines.set(key, this.#count++);
    }
  }

  /** How many effects there are; 0 is the scale. */
  get count(): number {
    return this.#count;
  }

  /** The architecture that a build ran on; '': nobody knows. */
  runArch(record: BuildRecord): string {
    if (record.buildArch !== undefined) return record.buildArch;
    if (record.arch !== 'all') return record.arch;
    return this.builderOf(record)?.arch ?? '';
  }

  builderOf({ builder }: BuildRecord): EstimateBuilder | undefined {
    return builder === undefined ? undefined : this.#builders.get(builder);
  }

  /** What the plan says, else what is usual. */
  diskFactorOf(record: BuildRecord): number {
    return this.builderOf(record)?.diskFactor ?? DISK_FACTOR;
  }

  /** Of records and builders. */
  knownArches(): readonly string[] {
    return [...new Set([...this.#arches.keys(), ...[...this.#builders.values()].map(({ arch }) => arch)])];
  }

  archEffect(arch: string): number {
    return this.#arches.get(arch) ?? -1;
  }

  /** -1: no record is of that machine. */
  machineEffect(arch: string, builder: string | undefined): number {
    return this.#machines.get(machineKey(arch, builder)) ?? -1;
  }

  /** Effects of the machines of an architecture, ascending. */
  machinesOf(arch: string): readonly number[] {
    const own =
      this.#ofArch.get(arch) ??
      [...this.#machines.values()].filter((effect) => this.#archOf.get(effect) === arch);
    this.#ofArch.set(arch, own);
    return own;
  }

  /** Their names, sorted. */
  namesOf(arch: string): readonly string[] {
    return this.machinesOf(arch)
      .map((effect) => this.#names.get(effect) ?? '')
      .sort(compareText);
  }

  /**
   * The effect of a builder of the plan: by its name, or where no record names it and there is one builder of the architecture
   * in the plan and one in the history, that one's. -1: not known.
   */
  planEffect({ name, arch }: EstimateBuilder): number {
    const own = this.machineEffect(arch, name);
    if (own >= 0) return own;
    const machines = this.machinesOf(arch);
    const isOnly = this.buildersOf(arch).length === 1;
    return isOnly && machines.length === 1 ? (machines[0] ?? -1) : -1;
  }

  buildersOf(arch: string): readonly EstimateBuilder[] {
    return [...this.#builders.values()].filter((builder) => builder.arch === arch);
  }
}

function machineKey(arch: string, builder: string | undefined): string {
  return `${arch} ${builder ?? ''}`;
}
