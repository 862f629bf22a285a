import type {
  AnalyseOptions,
  BreakSettings,
  Diagnostic,
  Inputs,
  RawCheckOptions,
  RawOptions,
} from '../src/internal.ts';
import type { CheckArguments, InputArguments, SourceArguments } from './input-options.ts';
import { showProgress } from './progress.ts';
import { printDiagnostics } from './report.ts';

/** The planning options as texts: lists may be repeated or comma-separated. */
function rawOptions(args: InputArguments): RawOptions {
  return {
    ...rawSourceOptions(args),
    withBuildDeps: args['with-build-deps'],
    withDependents: args['with-dependents'],
    depth: args.depth,
    deps: args.deps,
    rebuildStale: args['rebuild-stale'],
    rebuildAfterStage: args['rebuild-after-stage'],
  };
}

/** The planning options, and the settings files that they name. @throws UserError */
export async function readOptions(args: InputArguments): Promise<{
  readonly options: AnalyseOptions;
  readonly settings: BreakSettings;
}> {
  const { readBreakSettings, resolveAnalyseOptions, thisMachine } = await import('../src/internal.ts');
  const settings = await readBreakSettings({ breakCost: args['break-cost'], orderFrom: args['order-from'] });
  return { options: resolveAnalyseOptions({ ...rawOptions(args), ...settings }, thisMachine()), settings };
}

/** The options of a check as texts. */
export function rawCheckOptions(args: CheckArguments): RawCheckOptions {
  return {
    ...rawSourceOptions(args),
    available: args.available,
    buildArch: args['build-arch'],
    hostArch: args['host-arch'],
  };
}

function rawSourceOptions(args: SourceArguments): RawOptions {
  return {
    arch: commas(args.arch),
    allOn: args['all-on'],
    kind: args.kind,
    profiles: commas(args.profiles),
    layers: commas(args.layers),
    select: commas(args.select),
    alternatives: args.alternatives,
    implicit: commas(args.implicit),
    reading: args.reading,
    like: args.like,
  };
}

/** What the command line has beside options, the command's name left out. */
export function positionals(args: SourceArguments): readonly string[] {
  return args._.slice(1).map(String);
}

/** Reads what the command line names. @throws UserError when there is no source package in it */
export async function readArguments(
  args: SourceArguments,
  paths: readonly string[],
  architectures: readonly string[],
): Promise<Inputs> {
  const { parsePackagesOption, readInputs, stepOf, UserError } = await import('../src/internal.ts');
  const packages = (args.packages ?? []).map(parsePackagesOption);
  const onProgress = await showProgress(args);
  const request = { paths, packages, apt: args.apt, architectures, suite: args.suite };
  const inputs = await readInputs(request, onProgress);
  onProgress(stepOf('resolving dependencies')); // whatever is asked of them, it is the next thing
  if (inputs.sources.length > 0) return inputs;
  await printDiagnostics(inputs.diagnostics, args, inputs.paths);
  throw new UserError([noSources(paths.length > 0 || args.apt, inputs)]);
}

/** 2 when some input could not be used, though the rest was; else 0. */
export function inputExitCode(inputs: Inputs): 0 | 2 {
  return inputs.diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 2 : 0;
}

function noSources(isNamed: boolean, { binaries, paths }: Inputs): Diagnostic {
  const [first] = binaries;
  const held = isNamed && first !== undefined ? paths.get(first.location.file) : undefined;
  const what =
    held === undefined ? '' : `: '${held}' is a Packages index, which tells what exists, not what to build`;
  return {
    code: 'no-sources',
    severity: 'error',
    message: isNamed ? `there is no source package in the inputs${what}` : 'no input is named',
    hint: 'name a source tree, .dsc files or a Sources index, or use --apt with deb-src lines',
  };
}

function commas(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts?.flatMap((text) => text.split(','));
}
