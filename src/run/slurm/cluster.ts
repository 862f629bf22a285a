import { MOST_JOBS, type RamDiskCount, type SlurmOptions } from './slurm-options.ts';

/** What is known of a cluster. */
export interface Cluster {
  /** What the nodes offer; no two rows are equal. */
  readonly nodes: readonly ClusterNodes[];
  /** Jobs that the controller keeps at most, ended ones too; undefined: unknown. */
  readonly maxJobCount: number | undefined;
  /** The file in which slurmctld writes down what has ended; it may lie on another machine. */
  readonly completionFile: string | undefined;
  /** Whether sacct can be asked. */
  readonly hasAccounting: boolean;
}

/** Nodes that are alike. */
export interface ClusterNodes {
  readonly features: readonly string[];
  /** Names of generic resources. */
  readonly gres: readonly string[];
  readonly cpus: number;
}

/** How builds are submitted there: options with the gaps filled. */
export interface Placing {
  readonly partitionOf: (arch: string) => string | undefined;
  readonly constraintOf: (arch: string) => string | undefined;
  readonly ramDisk: RamDiskCount;
  readonly diskLicense: string | undefined;
  /** No job asks for more. */
  readonly mostCpus: number;
  readonly window: number;
  /** Architectures whose builds nothing keeps from nodes that can't build them. */
  readonly anywhere: readonly string[];
}

/** @param text of `scontrol show config` */
export function parseConfig(text: string): Omit<Cluster, 'nodes'> {
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}\\s*=\\s*(.*?)\\s*$`, 'm').exec(text)?.[1];
  const maxJobCount = Number(value('MaxJobCount'));
  const accounting = value('AccountingStorageType') ?? '';
  return {
    maxJobCount: Number.isInteger(maxJobCount) && maxJobCount > 0 ? maxJobCount : undefined,
    completionFile: value('JobCompType') === 'jobcomp/filetxt' ? value('JobCompLoc') : undefined,
    hasAccounting: accounting.endsWith('slurmdbd'),
  };
}

/** What `sinfo` has to be asked, for `parseNodes`. */
export const NODES_FORMAT = '%c|%G|%f';

/** @param text of sinfo: nodes that are alike on one line */
export function parseNodes(text: string): readonly ClusterNodes[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [cpus = '', gres = '', ...features] = line.split('|');
      return {
        cpus: Number.parseInt(cpus, 10) || 1,
        gres: namesIn(gres).map((name) => name.replace(/:.*/, '')),
        features: namesIn(features.join('|')),
      };
    });
}

function namesIn(text: string): readonly string[] {
  return text === '(null)' ? [] : text.split(',').filter((name) => name !== '');
}

/**
 * Where the builds of each architecture go: as the options say; else to nodes that have the architecture's name as a feature, if
 * any node has one of those.
 * @param archs that builds run on
 */
export function placeOn(cluster: Cluster, archs: readonly string[], options: SlurmOptions): Placing {
  const { nodes, maxJobCount } = cluster;
  const features = new Set(nodes.flatMap((node) => node.features));
  const areArchsFeatures = archs.some((arch) => features.has(arch));
  const given = (by: ReadonlyMap<string, string>, arch: string): string | undefined =>
    by.get(arch) ?? by.get('');
  const constraintOf = (arch: string): string | undefined => {
    const constraint = given(options.constraints, arch);
    return constraint === '' ? undefined : (constraint ?? (areArchsFeatures ? arch : undefined));
  };
  const isGuided = (arch: string): boolean =>
    constraintOf(arch) !== undefined || options.partitions.has(arch) || options.constraints.has(arch);
  const room = maxJobCount === undefined ? MOST_JOBS : Math.max(1, Math.floor(maxJobCount / 2));
  return {
    partitionOf: (arch) => given(options.partitions, arch),
    constraintOf,
    ramDisk: options.ramDisk === 'auto' ? countOn(cluster) : options.ramDisk,
    diskLicense: options.diskLicense,
    mostCpus: Math.max(1, ...nodes.map(({ cpus }) => cpus)),
    window: options.window ?? Math.min(MOST_JOBS, room),
    anywhere: archs.length < 2 ? [] : archs.filter((arch) => !isGuided(arch)),
  };
}

function countOn({ nodes }: Cluster): RamDiskCount {
  const has = nodes.some(({ gres }) => gres.includes(RAM_DISK));
  return has ? { kind: 'gres', name: RAM_DISK } : { kind: 'none' };
}

const RAM_DISK = 'ramdisk';
