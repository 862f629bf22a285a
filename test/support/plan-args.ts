import { readInputs } from '../../src/io/read-inputs.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { parsePackagesOption, resolveAnalyseOptions } from '../../src/options/analyse-options.ts';
import type { PlanOptions } from '../../src/pipeline.ts';
import { readPlanSettings, withSettings } from '../../src/options/plan-settings.ts';

const MACHINE = { arch: 'amd64', cpus: 4, memoryBytes: 2 ** 34 };
/** Options without a value. */
const FLAGS = [
  ...['--partial', '--quiet', '--json', '--with-build-deps', '--with-dependents'],
  ...['--rebuild-stale', '--no-rebuild-after-stage'],
];
/** Options of which each value stands for itself; in the others commas part the values. */
const WHOLE = ['--packages', '--builder'];

/** What `debplan plan` reads and is told by a command line, paths being relative to a folder. */
export async function readPlanArgs(
  args: readonly string[],
  folder: string,
): Promise<{ readonly inputs: Inputs; readonly options: PlanOptions }> {
  const paths: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (FLAGS.includes(word)) flags.add(word);
    else if (word.startsWith('-')) {
      const value = args[++index] ?? '';
      const found = WHOLE.includes(word) ? [value] : value.split(',');
      values.set(word, [...(values.get(word) ?? []), ...found]);
    } else paths.push(`${folder}${word}`);
  }
  const list = (name: string): readonly string[] | undefined => values.get(name);
  const one = (name: string): string | undefined => values.get(name)?.[0];
  const alternatives = one('--alternatives');
  const analyse = resolveAnalyseOptions(
    {
      arch: list('--arch'),
      allOn: one('--all-on'),
      profiles: list('--profiles'),
      layers: list('--layers'),
      select: list('--select'),
      withBuildDeps: flags.has('--with-build-deps'),
      withDependents: flags.has('--with-dependents'),
      depth: one('--depth'),
      rebuildAfterStage: !flags.has('--no-rebuild-after-stage'),
      rebuildStale: flags.has('--rebuild-stale'),
      alternatives: alternatives === 'first' ? 'first' : 'any',
      implicit: list('--implicit'),
    },
    MACHINE,
  );
  const settings = await readPlanSettings(
    {
      builder: list('--builder'),
      estimates: list('--estimates')?.map((path) => folder + path)[0],
      diskFactor: one('--disk-factor'),
    },
    analyse.architectures,
    MACHINE,
  );
  const read = await readInputs({
    paths,
    packages: (list('--packages') ?? []).map((text) => {
      const { path, arch } = parsePackagesOption(text);
      return { path: folder + path, arch };
    }),
    apt: false,
    architectures: analyse.architectures,
    suite: undefined,
  });
  return { inputs: withSettings(read, settings), options: { ...analyse, ...settings } };
}
