import type { InferredOptionTypes, Options } from 'yargs';

const list = { type: 'string', array: true, requiresArg: true } as const satisfies Options;
const text = { type: 'string', requiresArg: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;

const whatToBuild = { group: 'What to build:' } as const;
const relations = { group: 'Relations:', requiresArg: true } as const;

/** Which packages a command reads, and how. */
export const inputOptions = {
  packages: {
    ...list,
    describe: '[ARCH=]FILE: a Packages index, the binaries that exist already; repeatable',
    group: 'Input:',
  },
  apt: { ...flag, describe: "read this machine's own apt lists, deb-src and deb", group: 'Input:' },
  suite: { ...text, describe: 'codename of a StarlingX tree that holds several: trixie', group: 'Input:' },
  arch: { ...list, ...whatToBuild, describe: "architectures: amd64,arm64; without it this machine's" },
  'all-on': {
    ...text,
    ...whatToBuild,
    describe: 'which of them builds Architecture: all; without it the first',
  },
  profiles: { ...list, ...whatToBuild, describe: 'active build profiles: nocheck,nodoc' },
  select: { ...list, ...whatToBuild, describe: 'these sources only: NAME or NAME=VERSION; repeatable' },
  'with-build-deps': { ...flag, ...whatToBuild, describe: 'and all that the selected ones wait for' },
  'with-dependents': { ...flag, ...whatToBuild, describe: 'and all that waits for the selected ones' },
  depth: { ...text, ...whatToBuild, describe: 'how many steps these two go; without it all the way' },
  deps: {
    ...relations,
    choices: ['install', 'direct'] as const,
    describe: 'install: wait for all that gets installed (default); direct: for build dependencies alone',
  },
  alternatives: {
    ...relations,
    choices: ['any', 'first'] as const,
    describe: 'of a | b, any: one that can be installed (default); first: as build daemons do',
  },
  reading: {
    ...relations,
    choices: ['debian', 'starlingx'] as const,
    describe: "debian: all of Debian's rules (default); starlingx: names alone, as StarlingX's tools do",
  },
  layers: { ...list, ...relations, describe: "layers, earliest first; without it StarlingX's own" },
} as const satisfies Record<string, Options>;

/** How much a command says on stderr. */
export const talkOptions = {
  'all-warnings': { ...flag, describe: 'print every warning, not three of a kind', group: 'Output:' },
  quiet: { ...flag, alias: 'q', describe: 'print errors only', group: 'Output:' },
} as const satisfies Record<string, Options>;

export type InputArguments = InferredOptionTypes<typeof inputOptions> &
  InferredOptionTypes<typeof talkOptions> & {
    /** The command, then what is no option. yargs' own positionals would lose a `-`. */
    readonly _: readonly (string | number)[];
  };

/** The head of a command's help. */
export function usageOf(synopsis: string, describe: string, names: string): string {
  return `debplan ${synopsis} [options]\n\n${describe}\n\n${names}${PATHS}`;
}

const PATHS =
  'PATH: a source tree, a folder of them, a .dsc file, a Sources index, a StarlingX tree; - is stdin';
