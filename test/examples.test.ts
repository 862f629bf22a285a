import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as debplan from '../src/index.ts';

/**
 * The examples in the docstrings of the library, run one by one: each has all of the library and `readFile` at hand, and stands in
 * a folder with the example platform, its plan, a comparison's other side and a history. `EXPRESSION; // → VALUE` is checked.
 */
const root = join(import.meta.dirname, '..');
const program = ts.createProgram([join(root, 'src/index.ts')], {
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
});
const functions = exportedFunctions();
const README = readFileSync(join(root, 'README.md'), 'utf8');

let folder: string;
let before: string;

beforeAll(async () => {
  before = process.cwd();
  folder = mkdtempSync(join(tmpdir(), 'debplan-examples-'));
  cpSync(join(root, 'fixtures/platform'), folder, { recursive: true });
  process.chdir(folder);
  const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
  const layers = ['base', 'runtime', 'apps'];
  const inputs = await debplan.readInputs({
    paths: ['tree'],
    packages: [
      { path: 'amd64.Packages', arch: 'amd64' },
      { path: 'arm64.Packages', arch: 'arm64' },
    ],
    apt: false,
    architectures: ['amd64', 'arm64'],
    suite: undefined,
  });
  const options = debplan.resolveAnalyseOptions({ arch: ['amd64', 'arm64'], layers }, machine);
  const builders = ['amd64', 'arm64'].map((arch) => ({ ...EXAMPLE_BUILDER, name: arch, arch }));
  const { plan } = debplan.planBuild(inputs, { ...options, builders, overrides: [] });
  writeFileSync('plan.json', debplan.stableJson(plan));
  writeFileSync('history.jsonl', HISTORY);
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const GIB = 2 ** 30;

const EXAMPLE_BUILDER: Omit<debplan.Builder, 'name' | 'arch'> = {
  slots: 4,
  ramDiskBytes: 32 * GIB,
  ramDiskChroots: [],
  memoryBytes: Infinity,
  diskSlots: 4,
  diskFactor: 1.35,
  cores: Infinity,
  makeJobs: [4],
  speed: 1,
};

const HISTORY = `${JSON.stringify({ schema: 'debplan/build@1', source: 'hello', version: '2.10-3', arch: 'amd64', outcome: 'built', wallMs: 60_000 })}\n`;

describe('the library', () => {
  it('documents every function with an example', () => {
    const bare = functions.filter(({ example }) => example === undefined).map(({ name }) => name);
    expect(bare).toEqual([]);
  });

  it('does what the README shows', async () => {
    const [, example = ''] = /```ts\nimport [^;]* from 'debplan';\n(.*?)```/su.exec(README) ?? [];
    const checked = `${example.replaceAll(/ \/\/ .*$/gmu, '')}\nfirst; // → 'base/rt/harbor-linux-rt_6.12.34-2/amd64 x86 ram'\n`;
    const checks = await runExample(checked);
    for (const [actual, expected] of checks) expect(plain(actual)).toEqual(plain(expected));
    expect(checks.length).toBe(1);
  });

  it.each(functions.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }])))(
    'does what the example of $name says',
    async ({ example }) => {
      const checks = await runExample(example);
      expect(checks.length).toBeGreaterThan(0);
      for (const [actual, expected] of checks) expect(plain(actual)).toEqual(plain(expected));
    },
  );
});

/** @returns what the example checks: what is there, and what it says is there */
async function runExample(example: string): Promise<readonly (readonly [unknown, unknown])[]> {
  const checks: [unknown, unknown][] = [];
  const equal = (actual: unknown, expected: unknown): unknown => checks.push([actual, expected]);
  await runInNewContext(asScript(example), { ...debplan, readFile, __equal: equal, console, process });
  return checks;
}

/** Values of another context have prototypes of their own. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function asScript(example: string): string {
  const checked = example.replaceAll(
    /^(.*?);\s*\/\/ → (.*)$/gmu,
    (_, expression: string, value: string) => `__equal(await (${expression}), (${value}));`,
  );
  return `(async () => {\n${checked}\n})()`;
}

interface ExportedFunction {
  readonly name: string;
  readonly example: string | undefined;
}

function exportedFunctions(): readonly ExportedFunction[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(root, 'src/index.ts'));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error('src/index.ts is no module');
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    const { valueDeclaration } = target;
    if (valueDeclaration === undefined) return [];
    const isCalled = ts.isFunctionDeclaration(valueDeclaration) || ts.isClassDeclaration(valueDeclaration);
    if (!isCalled) return [];
    const tag = target.getJsDocTags(checker).find(({ name }) => name === 'example');
    return [{ name: symbol.name, example: tag && ts.displayPartsToString(tag.text) }];
  });
}
