import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Analysis } from '../../src/analysis.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { resolveAnalyseOptions, type RawOptions } from '../../src/options/analyse-options.ts';
import { planBuild } from '../../src/pipeline.ts';
import { readPlanSettings, withSettings } from '../../src/options/plan-settings.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** StarlingX's files, which lie beside the project where it is developed; their tests are skipped elsewhere. */
const STARLINGX = fileURLToPath(new URL('../../../shared/data/starlingx/', import.meta.url));
const MACHINE = { arch: 'amd64', cpus: 4, memoryBytes: 2 ** 34 };

export const hasStarlingX = existsSync(STARLINGX);
export const SUITES = ['trixie', 'bullseye'];

/** What the source packages are read from: the index alone, or the tree completed by the index. */
export type Source = 'index' | 'tree';

export interface Planned {
  readonly plan: Plan;
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
}

export function readStarlingX(path: string): string {
  return readFileSync(STARLINGX + path, 'utf8');
}

/** The paths that stand for a suite. */
export function pathsOf(suite: string, source: Source): readonly string[] {
  const index = `${STARLINGX}${suite}.Sources`;
  return source === 'index' ? [index] : [`${STARLINGX}tree`, index];
}

/**
 * Plans a suite for both architectures, each with one builder.
 * @param changed paths to read instead, whether all is named in reverse, and options
 */
export async function planStarlingX(
  suite: string,
  source: Source,
  changed: { paths?: readonly string[]; isReversed?: boolean; raw?: RawOptions } = {},
): Promise<Planned> {
  const options = resolveAnalyseOptions({ arch: ['amd64', 'arm64'], ...changed.raw }, MACHINE);
  const paths = [...(changed.paths ?? pathsOf(suite, source))];
  const packages = options.architectures.map((arch) => ({
    path: `${STARLINGX}${suite}-${arch}.Packages`,
    arch: undefined,
  }));
  const read = await readInputs({
    paths: changed.isReversed === true ? paths.reverse() : paths,
    packages: changed.isReversed === true ? packages.reverse() : packages,
    apt: false,
    architectures: options.architectures,
    suite: source === 'tree' ? suite : undefined,
  });
  const builder = options.architectures.map((arch) => `arch=${arch},slots=8,ram-disk=64GiB`);
  const settings = await readPlanSettings({ builder }, options.architectures, MACHINE);
  const inputs = withSettings(read, settings);
  return planBuild(inputs, { ...options, ...settings });
}

/** A stanza of an index, as far as the tests look at it. */
export interface Stanza {
  readonly name: string;
  readonly layer: string;
  readonly buildType: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** The stanzas of a suite's index, read with as little code as possible. */
export function stanzasOf(suite: string): readonly Stanza[] {
  return readStarlingX(`${suite}.Sources`)
    .trim()
    .split('\n\n')
    .map((text) => {
      const fields = new Map(
        text
          .replaceAll(/\n\s+/g, ' ')
          .split('\n')
          .map((line) => {
            const cut = line.indexOf(': ');
            return [line.slice(0, cut), line.slice(cut + 2)];
          }),
      );
      const field = (name: string): string => fields.get(name) ?? '';
      return {
        name: field('Package'),
        layer: field('X-Stx-Layer'),
        buildType: field('X-Stx-Build-Type'),
        fields,
      };
    });
}
