import type { InferredOptionTypes, Options } from 'yargs';

const list = { type: 'string', array: true, requiresArg: true } as const satisfies Options;
const text = { type: 'string', requiresArg: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;

const whatToBuild = { group: 'What to build:' } as const;
const cycles = { group: 'Cycles:' } as const;
const relations = { group: 'Relations:', requiresArg: true } as const;

/** Which packages a command reads, and how it takes their relations. */
export const sourceOptions = {
  packages: {
    ...list,
    describe: '[ARCH=]FILE: a Packages index, the binaries that exist already; repeatable',
    group: 'Input:',
  },
  apt: { ...flag, describe: "read this machine's own apt lists, deb-src and deb", group: 'Input:' },
  suite: { ...text, describe: 'codename of a StarlingX tree that holds several: trixie', group: 'Input:' },
  arch: { ...list, ...whatToBuild, describe: "architectures: amd64,arm64; without it this machine's" },
  'all-on': { ...text, ...whatToBuild, describe: 'which of them builds Architecture: all' },
  kind: {
    ...whatToBuild,
    requiresArg: true,
    choices: ['any', 'all', 'binary'] as const,
    describe: 'any: architecture-dependent binaries; all: the others; binary: both (default)',
  },
  profiles: { ...list, ...whatToBuild, describe: 'active build profiles: nocheck,nodoc' },
  select: { ...list, ...whatToBuild, describe: 'these sources only: NAME or NAME=VERSION; repeatable' },
  alternatives: {
    ...relations,
    choices: ['any', 'first'] as const,
    describe: 'of a | b, any: one that can be installed (default); first: as build daemons do',
  },
  implicit: {
    ...list,
    ...relations,
    describe: 'essential,build-essential: as if every source named them; none: leave them out',
  },
  reading: {
    ...relations,
    choices: ['debian', 'dose', 'starlingx'] as const,
    describe: "debian: all of Debian's rules (default); dose: as dose3 reads them; starlingx: names alone",
  },
  like: {
    ...relations,
    choices: ['buildd', 'dose', 'starlingx'] as const,
    describe: 'set all of these as build daemons, dose-builddebcheck or StarlingX do; others win',
  },
  layers: { ...list, ...relations, describe: "layers, earliest first; without it StarlingX's own" },
} as const satisfies Record<string, Options>;

/** What the commands take that make a graph of it. */
export const inputOptions = {
  ...sourceOptions,
  'with-build-deps': { ...flag, ...whatToBuild, describe: 'and all that the selected ones wait for' },
  'with-dependents': { ...flag, ...whatToBuild, describe: 'and all that waits for the selected ones' },
  depth: { ...text, ...whatToBuild, describe: 'how many steps these two go; without it all the way' },
  deps: {
    ...relations,
    choices: ['install', 'direct'] as const,
    describe: 'install: wait for all that gets installed (default); direct: for build dependencies alone',
  },
  'break-cost': { ...text, ...cycles, describe: 'FILE: what each way to open a cycle costs; YAML' },
  'order-from': { ...text, ...cycles, describe: 'FILE: a StarlingX cycle-order file; its orders are wishes' },
  'rebuild-stale': {
    ...flag,
    ...cycles,
    describe: 'build again at the end what is built against older versions than the plan builds',
  },
  'rebuild-after-stage': {
    ...flag,
    ...cycles,
    default: true,
    describe: 'rebuild what took a first build (default; --no-rebuild-after-stage: not)',
  },
} as const satisfies Record<string, Options>;

/** What `check` takes beside its packages. */
export const checkOptions = {
  ...sourceOptions,
  available: {
    ...relations,
    choices: ['auto', 'existing', 'planned'] as const,
    describe:
      'existing: binaries of Packages indexes count; planned: and all that is built; auto: and what trees and .dsc build (default)',
  },
  'build-arch': { ...text, ...whatToBuild, describe: 'cross builds: the architecture that they run on' },
  'host-arch': { ...text, ...whatToBuild, describe: 'cross builds: the architecture that is built for' },
} as const satisfies Record<string, Options>;

/** How much a command says on stderr. */
export const talkOptions = {
  'all-warnings': { ...flag, describe: 'print every warning, not three of a kind', group: 'Output:' },
  quiet: {
    ...flag,
    alias: 'q',
    describe: 'print the answer and errors only: no progress, notes or warnings',
    group: 'Output:',
  },
} as const satisfies Record<string, Options>;

/** The command, then what is no option: yargs' own positionals would lose a `-`. */
interface Words {
  readonly _: readonly (string | number)[];
}

export type SourceArguments = InferredOptionTypes<typeof sourceOptions> &
  InferredOptionTypes<typeof talkOptions> &
  Words;

export type InputArguments = SourceArguments & InferredOptionTypes<typeof inputOptions>;

export type CheckArguments = SourceArguments & InferredOptionTypes<typeof checkOptions>;

/** The head of a command's help. */
export function usageOf(synopsis: string, describe: string, names: string): string {
  return `debplan ${synopsis} [options]\n\n${describe}\n\n${names}${PATHS}`;
}

const PATHS =
  'PATH: a source tree, a folder of them, a .dsc file, a Sources index, a StarlingX tree; - is stdin';
