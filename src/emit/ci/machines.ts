import type { Plan, PlanBuilder } from '../../plan/plan.ts';
import { formatBytes } from '../../base/quantity.ts';
import { plainNames } from './plain-names.ts';

/** A builder as a CI system knows it. */
export interface Machine {
  readonly builder: PlanBuilder;
  /** Letters, digits and `._-`; unique: a tag or label. */
  readonly name: string;
  /** The same of its architecture. */
  readonly arch: string;
}

/** The plan's builders by their names. */
export function machinesOf({ builders }: Plan): ReadonlyMap<string, Machine> {
  const names = plainNames(
    builders.map(({ name }) => name),
    ODD,
    60,
  );
  const archs = plainNames(
    builders.map(({ arch }) => arch),
    ODD,
    60,
  );
  return new Map(
    builders.map((builder) => {
      const machine = { builder, name: names.get(builder.name) ?? '', arch: archs.get(builder.arch) ?? '' };
      return [builder.name, machine];
    }),
  );
}

const ODD = /[^A-Za-z0-9._-]+/g;

/** `6 builds at once, RAM disk 128 GiB`. */
export function roomOf({ builder }: Machine): string {
  const { slots, ramDiskBytes, ramDiskChroots } = builder;
  const chroots = ramDiskChroots.map((bytes) => formatBytes(bytes)).join(' + ');
  const disk = chroots === '' ? formatBytes(ramDiskBytes) : chroots;
  const builds = slots === 1 ? '1 build' : `${String(slots)} builds`;
  return `${builds} at once, ${ramDiskBytes === 0 ? 'no RAM disk' : `RAM disk ${disk}`}`;
}
