import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { runCli, type CliRun } from './run-cli.ts';

/** The built program under other circumstances: what it writes must not show them. */
const PLATFORM = join(import.meta.dirname, '../../fixtures/platform');

/** An index beside the tree: builds that need each other, what is there and what is nowhere, in one architecture and two. */
const SOURCES = [
  `Package: lantern
Binary: lantern, liblantern-dev
Version: 1.2-1
Architecture: any
Build-Depends: debhelper, lamp-dev | liblamp-dev, wick (>= 2)`,
  `Package: wick
Binary: wick
Version: 2.1-1
Architecture: any
Build-Depends: cmake, liblantern-dev <!nocheck>`,
  `Package: liblamp
Binary: liblamp-dev
Version: 0.9-3
Architecture: amd64 arm64
Build-Depends: gcc [amd64], tinder-dev [arm64]`,
  `Package: lamp-doc
Binary: lamp-doc
Version: 1:0.9-1
Architecture: all
Build-Depends-Indep: doxygen, wick`,
];

/** Beside a tree, plans only look indexes up. */
const PATHS = ['tree', 'a_Sources', 'b_Sources'];

/** Of the commands that only read the inputs: indexes, which build what they list. */
const INPUT_PATHS = ['a_Sources', 'b_Sources'];

const INPUT_OPTIONS = [
  ['--packages', 'amd64.Packages'],
  ['--packages', 'arm64.Packages'],
  ['--arch', 'amd64,arm64'],
];

const OPTIONS = [
  ...INPUT_OPTIONS,
  ['--layers', 'base,runtime,apps'],
  ['--estimates', 'estimates.tsv'],
  ['--builder', 'name=x86,arch=amd64,slots=4,ram-disk=32GiB'],
  ['--builder', 'name=arm,arch=arm64,slots=4,ram-disk=32GiB'],
  ['--effort', '2'],
  ['--schedules', '40'],
  ['--partial'],
];

/** What is asked of the inputs. */
const INPUT_READERS: Readonly<Record<string, readonly string[]>> = {
  check: ['--json'],
  cycles: ['--json'],
  graph: ['--json'],
};

/** What is asked of a plan once it is there; each answer goes to stdout, or into the folder `out`. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  simulate: ['simulate', 'plan.json', '--runs', '3', '--json'],
  bench: ['bench', 'plan.json', '--runs', '2', '--no-time', '--json', '--csv', 'out/bench.csv'],
  advise: ['advise', 'plan.json', '--memory', '64GiB', '--cores', '16', '--json'],
  compare: ['compare', 'plan.json', '--arch', 'amd64,arm64', '--json'],
  report: ['report', 'plan.json', '-o', 'out/report.html'],
  emit: ['emit', 'plan.json', '--format', 'all', '-o', 'out/emitted'],
};

/** They read the plan alone, which is the same. */
const WITHOUT = ['simulate', 'advise'];

/** On another day, in a machine with other processors. */
const ELSEWHERE = `
import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
const shift = 1000 * 86_400_000;
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift);
    else super(...given);
  }
  static now() {
    return Real.now() + shift;
  }
};
os.availableParallelism = () => 7;
os.cpus = () => new Array(7).fill({ model: 'other', speed: 1, times: {} });
os.hostname = () => 'elsewhere';
syncBuiltinESMExports();
`;

let room: string;

beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'debplan-determinism-'));
  writeFileSync(join(room, 'elsewhere.mjs'), ELSEWHERE);
});

afterAll(() => {
  rmSync(room, { recursive: true });
});

interface World {
  readonly env?: Readonly<Record<string, string>>;
  /** Puts whatever may stand in any order into another one. */
  readonly reorder?: <T>(items: readonly T[]) => readonly T[];
  /** Which questions about the plan are left out: those that read nothing else, when the plan is the same anyway. */
  readonly without?: readonly string[];
  /** Changes the inputs, in the folder that holds them. */
  readonly change?: (folder: string) => void;
}

/** All that the program says and writes in a world, by name. */
function outputsIn(name: string, world: World): Record<string, string> {
  const { env = {}, reorder = asTheyAre, without = [], change } = world;
  const cwd = join(room, name);
  cpSync(PLATFORM, cwd, { recursive: true });
  mkdirSync(join(cwd, 'out'));
  writeFileSync(join(cwd, 'a_Sources'), `${SOURCES.slice(0, 2).join('\n\n')}\n`);
  writeFileSync(join(cwd, 'b_Sources'), `${SOURCES.slice(2).join('\n\n')}\n`);
  change?.(cwd);
  const ask = (command: string, options: readonly (readonly string[])[], rest: readonly string[]): CliRun =>
    runCli(
      [command, ...reorder(command === 'plan' ? PATHS : INPUT_PATHS), ...reorder(options).flat(), ...rest],
      { cwd, env },
    );
  const planned = ask('plan', OPTIONS, []);
  expect(planned).toMatchObject({ code: 0 });
  const outputs: Record<string, string> = { plan: planned.stdout, 'plan: notes': planned.stderr };
  for (const [command, rest] of Object.entries(INPUT_READERS)) {
    const { code, stdout, stderr } = ask(command, INPUT_OPTIONS, rest);
    expect([0, 1], stderr).toContain(code);
    outputs[command] = `${stdout}exit code ${String(code)}\n`;
  }
  for (const [reader, args] of Object.entries(READERS)) {
    if (without.includes(reader)) continue;
    const { code, stdout, stderr } = runCli(args, { cwd, env });
    expect({ reader, code, stderr }).toMatchObject({ code: 0 });
    outputs[reader] = stdout;
  }
  for (const file of ['plan.json', 'order.txt', ...filesIn(join(cwd, 'out')).map((path) => `out/${path}`)])
    outputs[file] = readFileSync(join(cwd, file), 'utf8');
  return outputs;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('the program', () => {
  let usual: Record<string, string>;

  beforeAll(() => {
    usual = outputsIn('usual', {});
  }, 120_000);

  it('writes the same bytes in another locale and time zone, on another day and machine', () => {
    const env = {
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
      LANGUAGE: 'tr',
      TZ: 'Pacific/Kiritimati',
      HOME: room,
      NODE_OPTIONS: `--import=${pathToFileURL(join(room, 'elsewhere.mjs')).href}`,
    };
    expect(Object.keys(usual).length).toBeGreaterThan(30);
    expect(usual['check']).toContain('tinder-dev');
    expect(usual['cycles']).toContain('lantern');
    expect(outputsIn('elsewhere', { env })).toEqual(usual);
  }, 120_000);

  it('writes the same bytes whatever the order of PATHs, options, files and stanzas', () => {
    const random = seededRandom(9);
    const shuffled = outputsIn('shuffled', {
      reorder: (items) => turned(items, random),
      without: WITHOUT,
      change: (folder) => {
        shuffleInputs(folder, random);
      },
    });
    // the report packs the digests of the inputs, and notes come in the order of places
    const isWanted = (name: string): boolean => name !== 'plan: notes' && !name.endsWith('.html') && !WITHOUT.includes(name); // prettier-ignore
    const wanted = Object.keys(usual).filter(isWanted);
    for (const name of wanted)
      expect(withoutPlaces(shuffled[name]), name).toEqual(withoutPlaces(usual[name]));
  }, 120_000);
});

/** Digests of the inputs are others, and so are the lines where things stand. */
function withoutPlaces(text = ''): string {
  return text
    .replaceAll(/[\da-f]{64}/gu, 'DIGEST')
    .replaceAll(/(control|Packages|Sources):\d+/gu, '$1:LINE')
    .replaceAll(/"line": ?\d+/gu, '"line":LINE');
}

/** Turns round the stanzas of all indexes and the binary packages of all control files, and writes the tree anew in another order. */
function shuffleInputs(folder: string, random: Random): void {
  for (const path of shuffle(filesIn(folder), random)) {
    const file = join(folder, path);
    const bytes = readFileSync(file);
    const text = bytes.toString('utf8');
    const [first = '', ...others] = text.trimEnd().split(/\n{2,}/u);
    rmSync(file);
    if (path.endsWith('.Packages') || path.endsWith('_Sources'))
      writeFileSync(file, `${shuffle([first, ...others], random).join('\n\n')}\n`);
    else if (path.endsWith('/control'))
      writeFileSync(file, `${[first, ...shuffle(others, random)].join('\n\n')}\n`);
    else writeFileSync(file, bytes);
  }
}

function asTheyAre<T>(items: readonly T[]): readonly T[] {
  return items;
}

/** Shuffled, and surely not as it was. */
function turned<T>(items: readonly T[], random: Random): readonly T[] {
  const shuffled = shuffle(items, random);
  return shuffled.every((item, place) => item === items[place]) ? shuffled.reverse() : shuffled;
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
