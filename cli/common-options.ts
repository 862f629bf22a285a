import type { Argv, InferredOptionTypes, Options } from 'yargs';
import type { Inputs, RawOptions } from '../src/index.ts';

const list = { type: 'string', array: true, requiresArg: true } as const satisfies Options;

/** The options of every command that reads packages. */
const inputOptions = {
  packages: {
    ...list,
    describe: 'a Packages index: what exists already, [ARCH=]FILE; repeatable',
    group: 'Input:',
  },
  apt: { type: 'boolean', default: false, describe: "read this machine's own apt lists", group: 'Input:' },
  suite: { type: 'string', requiresArg: true, describe: 'codename of a StarlingX tree', group: 'Input:' },
  arch: {
    ...list,
    describe: 'architectures to plan for, amd64,arm64; default: this machine’s',
    group: 'What to build:',
  },
  'all-on': {
    type: 'string',
    requiresArg: true,
    describe: 'which of them builds Architecture: all; default: the first',
    group: 'What to build:',
  },
  profiles: { ...list, describe: 'active build profiles, nocheck,nodoc', group: 'What to build:' },
  select: { ...list, describe: 'only these sources, NAME or NAME=VERSION', group: 'What to build:' },
  'with-build-deps': { type: 'boolean', describe: 'and those they wait for', group: 'What to build:' },
  'with-dependents': { type: 'boolean', describe: 'and those that wait for them', group: 'What to build:' },
  depth: {
    type: 'number',
    requiresArg: true,
    describe: 'how many steps the two go; default: all',
    group: 'What to build:',
  },
  deps: {
    choices: ['install', 'direct'] as const,
    describe: 'wait for all that gets installed (default), or for the build dependencies alone',
    group: 'Relations:',
  },
  alternatives: {
    choices: ['any', 'first'] as const,
    describe: 'of a | b: any that can be installed (default), or the first as build daemons do',
    group: 'Relations:',
  },
  reading: {
    choices: ['debian', 'starlingx'] as const,
    describe: "relations by Debian's rules (default), or names alone as StarlingX's tools read them",
    group: 'Relations:',
  },
  layers: { ...list, describe: "layers in their order; default: StarlingX's", group: 'Relations:' },
  'all-warnings': {
    type: 'boolean',
    default: false,
    describe: 'print every warning, not three of a kind',
    group: 'Output:',
  },
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'print errors only', group: 'Output:' },
} as const satisfies Record<string, Options>;

export type InputArguments = InferredOptionTypes<typeof inputOptions> & {
  readonly paths?: readonly string[] | undefined;
};

export const inputPositional = {
  type: 'string',
  array: true,
  describe: 'source trees, folders of them, .dsc files, Sources indexes, a StarlingX tree; - is stdin',
} as const;

/** Adds the input options to a command. */
export function withInputOptions(command: Argv): Argv<InferredOptionTypes<typeof inputOptions>> {
  return command.options(inputOptions);
}

/** The planning options as texts: lists may be repeated or comma-separated. */
export function rawOptions(args: InputArguments): RawOptions {
  return {
    arch: commas(args.arch),
    allOn: args['all-on'],
    profiles: commas(args.profiles),
    layers: commas(args.layers),
    select: commas(args.select),
    withBuildDeps: args['with-build-deps'],
    withDependents: args['with-dependents'],
    depth: args.depth,
    deps: args.deps,
    alternatives: args.alternatives,
    reading: args.reading,
  };
}

/** Reads what the command line names. */
export async function readArguments(args: InputArguments, architectures: readonly string[]): Promise<Inputs> {
  const { parsePackagesOption, readInputs } = await import('../src/index.ts');
  return readInputs({
    paths: args.paths ?? [],
    packages: (args.packages ?? []).map(parsePackagesOption),
    apt: args.apt,
    architectures,
    suite: args.suite,
  });
}

/** 2 when some input could not be used, though the rest was; else 0. */
export function inputExitCode(inputs: Inputs): 0 | 2 {
  return inputs.diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 2 : 0;
}

function commas(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts?.flatMap((text) => text.split(','));
}
