import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { analyse } from '../../src/analyse.ts';
import type { Analysis } from '../../src/analysis.ts';
import { describeNode } from '../../src/archive/universe.ts';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import { seededRandom } from '../../src/base/random.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { resolveAnalyseOptions } from '../../src/options/analyse-options.ts';
import { AptInstaller, type AptInstallSet } from '../../src/resolve/apt-install-set.ts';
import {
  askAptOnce,
  makeTellingApt,
  simulateBuildDep,
  type AptAnswer,
  type TellingApt,
} from './apt-build-dep.ts';

const SAMPLE = 320;
const SEED = 1;

/** Sources whose set hangs on the finer points of the rule; what a point release has dropped is passed over. */
const SUBTLE: Readonly<Record<string, readonly string[]>> = {
  'a conflict makes apt give up an earlier choice': [
    'adonthell',
    'blender',
    'gpredict',
    'kallisto',
    'libguestfs',
  ],
  'and what only that choice asked for': ['csoundqt', 'goobox', 'guitarix', 'rust-cbindgen-web'],
  'something needed rules out the first alternative': ['gobgp', 'sdl-mixer1.2'],
  'the priority decides between providers': ['coq', 'iputils', 'ovn'],
  'the order of mention decides': ['rust-debcargo', 'rust-libslirp', 'rust-trust-dns-server'],
  'a named architecture hides the real package': ['gcc-12', 'sxmo-utils', 'tuxpuck'],
  'apt gives up where there is a way': ['safe-rm'],
  'there is a Build-Depends-Indep, but nothing independent to build': ['hasktags'],
};
/** Those of `SUBTLE` on which apt and debplan differ. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'safe-rm': 'apt gives up',
  hasktags: 'a field that does not count',
};

const root = resolve(import.meta.dirname, '../..');
const aptConfig = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'bookworm', 'apt.conf');

/** A source of which apt and debplan say different things. */
interface Difference {
  readonly unit: number;
  readonly apt: AptAnswer;
  readonly set: AptInstallSet;
  readonly onlyApt: readonly string[];
  readonly onlyDebplan: readonly string[];
}

describe('install sets of bookworm on amd64', () => {
  let apt: TellingApt;
  let analysis: Analysis;
  let installer: AptInstaller;
  /** Source name → its unit, of what can be built. */
  let units: ReadonlyMap<string, number>;

  beforeAll(async () => {
    apt = makeTellingApt('bookworm');
    process.env['APT_CONFIG'] = aptConfig;
    const inputs = await readInputs({
      paths: [],
      packages: [],
      apt: true,
      architectures: ['amd64'],
      suite: undefined,
    });
    const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 1024 ** 3 };
    analysis = analyse(inputs, resolveAnalyseOptions({ arch: ['amd64'], deps: 'direct' }, machine), () => 0);
    const { universe, graph } = analysis;
    installer = new AptInstaller(universe, graph.installability);
    units = new Map(
      universe.units
        .filter(({ id }) => graph.installability.unitLost[id] === 0)
        .map(({ source, id }) => [source.name, id]),
    );
  });

  it('are what apt-get build-dep installs, for random sources', async () => {
    const names = shuffle([...units.keys()].sort(), SEED).slice(0, SAMPLE);
    const differences = await compare(names);
    expect(differences.size).toBeLessThanOrEqual(SAMPLE * 0.01);
    const unclassified = [...differences].filter(([, found]) => classOf(found) === undefined);
    expect(unclassified.map(describeDifference)).toEqual([]);
  });

  it('are what apt-get build-dep installs, for the sources that hang on the finer points of its rule', async () => {
    const names = Object.values(SUBTLE)
      .flat()
      .filter((name) => units.has(name));
    const differences = await compare(names);
    const classes = [...differences].map(([name, found]) => [name, classOf(found)]);
    expect(classes).toEqual(Object.entries(DIFFERENT).filter(([name]) => names.includes(name)));
  });

  it('are the same whether apt simulates or lists what it would download', async () => {
    const names = ['adonthell', 'jq', 'tuxpuck'].map(versioned);
    const listed = await askAptOnce(apt, names);
    for (const name of names) expect(await simulateBuildDep(apt, name)).toEqual(listed.get(name));
  });

  it('have no relation left open and no conflict, for any source', () => {
    const faulty = [...units].filter(([, unit]) => {
      const { unmet, conflicting } = installer.installFor(unit, 'apt');
      return unmet.length + conflicting.length > 0;
    });
    expect(faulty).toEqual([]);
  });

  it('are printed by debplan install-set', async () => {
    const answer = (await askAptOnce(apt, [versioned('jq')])).get(versioned('jq'));
    const { packages } = runInstallSet('jq');
    const names = packages.map((own) => `${own.package} ${own.version}`).sort();
    expect({ kind: 'installs', packages: names }).toEqual(answer);
  });

  it('are there where apt gives up, without a fault', async () => {
    const answers = await askAptOnce(apt, [versioned('safe-rm')]);
    expect([...answers.values()]).toEqual([{ kind: 'gives-up' }]);
    const { choice, packages } = runInstallSet('safe-rm');
    expect(choice).toBe('apt'); // its first choice is sound, but it doesn't come that far
    expect(packages.map((own) => own.package)).toContain('cargo');
  });

  /** Source name → difference, for those that differ. */
  async function compare(names: readonly string[]): Promise<ReadonlyMap<string, Difference>> {
    const answers = await askAptOnce(apt, names.map(versioned));
    const differences = new Map<string, Difference>();
    for (const name of names) {
      const set = installer.installFor(unitOf(name), 'apt');
      const own = set.members.map(({ node }) => describeNode(analysis.universe, node)).sort();
      const answer = answers.get(versioned(name)) ?? { kind: 'gives-up' };
      const theirs = answer.kind === 'installs' ? answer.packages : [];
      const onlyApt = theirs.filter((text) => !own.includes(text));
      const onlyDebplan = own.filter((text) => !theirs.includes(text));
      if (onlyApt.length + onlyDebplan.length > 0)
        differences.set(name, { unit: unitOf(name), apt: answer, set, onlyApt, onlyDebplan });
    }
    return differences;
  }

  /** Why apt and debplan differ; undefined: for no known reason. */
  function classOf({ unit, apt: answer, set, onlyApt, onlyDebplan }: Difference): string | undefined {
    const isSound = set.unmet.length + set.conflicting.length === 0;
    // apt's resolver finds no way out of a conflict that its first choices made
    if (answer.kind === 'gives-up') return isSound ? 'apt gives up' : 'both give up';
    // its resolver repairs the first choices, which debplan leaves to its own solver
    if (!isSound) return 'first choices conflict';
    // apt installs Build-Depends-Indep where no Architecture: all binary is built too, and the like for -Arch
    const { source, target } = at(analysis.universe.units, unit);
    const { arch, indep } = source.buildDepends;
    const unused = target.kind === 'any' ? indep : target.kind === 'all' ? arch : undefined;
    if (unused !== undefined && onlyDebplan.length === 0) return 'a field that does not count';
    return hangsOnATie(set, onlyApt, onlyDebplan) ? 'equal providers' : undefined;
  }

  /** Does a relation ask for one of `onlyDebplan` that one of `onlyApt` would satisfy as well, of the same priority? */
  function hangsOnATie(
    set: AptInstallSet,
    onlyApt: readonly string[],
    onlyDebplan: readonly string[],
  ): boolean {
    const { universe } = analysis;
    const priorityOf = (node: number): string | undefined => {
      const record = universe.nodes.record[node];
      return record !== undefined && 'priority' in record ? record.priority : undefined;
    };
    return set.members.some(
      ({ node, clause }) =>
        onlyDebplan.includes(describeNode(universe, node)) &&
        row(universe.clauses.candidates, clause).some(
          (other) =>
            onlyApt.includes(describeNode(universe, other)) && priorityOf(other) === priorityOf(node),
        ),
    );
  }

  function versioned(name: string): string {
    return `${name}=${at(analysis.universe.units, unitOf(name)).version}`;
  }

  function unitOf(name: string): number {
    const unit = units.get(name);
    if (unit === undefined) throw new Error(`no unit of ${name}`);
    return unit;
  }
});

const Printed = z.object({
  choice: z.string(),
  packages: z.array(z.object({ package: z.string(), version: z.string() })),
});

/** What `debplan install-set --json` prints. */
function runInstallSet(name: string): z.infer<typeof Printed> {
  const program = join(root, 'dist/bin/debplan.js');
  const printed = execFileSync(
    process.execPath,
    [program, 'install-set', name, '--apt', '--arch', 'amd64', '--json', '-q'],
    { encoding: 'utf8', env: { ...process.env, APT_CONFIG: aptConfig } },
  );
  return Printed.parse(JSON.parse(printed));
}

function describeDifference([name, { onlyApt, onlyDebplan }]: readonly [string, Difference]): string {
  return `${name}: only apt ${onlyApt.join(', ')}; only debplan ${onlyDebplan.join(', ')}`;
}

function shuffle(names: string[], seed: number): readonly string[] {
  const random = seededRandom(seed);
  for (let last = names.length - 1; last > 0; last--) {
    const place = Math.floor(random() * (last + 1));
    [names[last], names[place]] = [at(names, place), at(names, last)];
  }
  return names;
}
