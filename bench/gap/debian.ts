import { readFileSync } from 'node:fs';
import {
  posePlan,
  readInputs,
  readPlanSettings,
  readStanzas,
  resolveAnalyseOptions,
  seededRandom,
  type Inputs,
} from '../../src/internal.ts';
import type { GapInstance } from './measure.ts';

const ARCH = 'amd64';
const MACHINE = { arch: ARCH, cpus: 8, memoryBytes: 2 ** 36 };
const SLOTS = [8, 32];
const SET_COUNT = 40;
const RANDOM_SIZE = 200;

/** Sources of a language, by their names. */
const NAMED: readonly (readonly [string, RegExp])[] = [
  ['haskell', /^haskell-/],
  ['golang', /^golang-/],
  ['rust', /^rust-/],
  ['r-cran', /^r-(?:cran|bioc)-/],
  ['python', /^python3?-/],
  ['perl', /^lib.*-perl$/],
];

export async function readArchive(sources: string, packages: string): Promise<Inputs> {
  return readInputs({
    paths: [sources],
    packages: [{ path: packages, arch: ARCH }],
    apt: false,
    architectures: [ARCH],
    suite: undefined,
  });
}

/** 40 sets of sources, each on 8 and 32 slots without limits of RAM, with the edges of whole install sets. */
export async function* subsetInstances(inputs: Inputs, sourcesFile: string): AsyncGenerator<GapInstance> {
  for (const [name, select] of subsets(inputs, sourcesFile)) {
    for (const slots of SLOTS) yield* instances(inputs, `${name} ${slots}`, slots, { select });
  }
}

/** The whole archive, with direct build dependencies. */
export async function* archiveInstances(inputs: Inputs): AsyncGenerator<GapInstance> {
  for (const slots of SLOTS) yield* instances(inputs, `archive ${slots}`, slots, { deps: 'direct' });
}

async function* instances(
  inputs: Inputs,
  name: string,
  slots: number,
  raw: { readonly select?: readonly string[]; readonly deps?: 'direct' },
): AsyncGenerator<GapInstance> {
  const options = resolveAnalyseOptions({ arch: [ARCH], ...raw }, MACHINE);
  const builder = [`arch=${ARCH},slots=${slots},ram-disk=1TiB`];
  const settings = await readPlanSettings({ builder }, options.architectures, MACHINE);
  const posed = posePlan(inputs, { ...options, ...settings });
  yield { name, problem: posed.unitProblem.problem, bound: posed.bound };
}

function subsets(inputs: Inputs, sourcesFile: string): readonly (readonly [string, readonly string[]])[] {
  const names = [...new Set(inputs.sources.map(({ name }) => name))];
  const sets: (readonly [string, readonly string[]])[] = NAMED.map(([set, pattern]) => [
    set,
    names.filter((name) => pattern.test(name)),
  ]);
  sets.push(['kde', kdeSources(sourcesFile)]);
  for (let seed = 1; sets.length < SET_COUNT; seed++) sets.push([`random ${seed}`, draw(names, seed)]);
  return sets;
}

/** What Debian's Qt and KDE teams maintain. */
function kdeSources(file: string): readonly string[] {
  const names = new Set<string>();
  const wanted = { wanted: new Set(['package', 'maintainer']) };
  for (const { fields } of readStanzas(readFileSync(file, 'utf8'), file, () => undefined, wanted)) {
    const name = fields.get('package')?.text;
    if (name !== undefined && /\bkde\b/i.test(fields.get('maintainer')?.text ?? '')) names.add(name);
  }
  return [...names];
}

function draw(names: readonly string[], seed: number): readonly string[] {
  const random = seededRandom(seed);
  const left = [...names];
  return Array.from({ length: RANDOM_SIZE }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}
