import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../io/temp-tree.ts';
import { requireBuild, runCli } from './run-cli.ts';

const KIB = 1024;

/** The files that a bundled file needs before its first line runs, itself included. */
function loadedWith(file: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const queue = [file];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    for (const [, target = ''] of readFileSync(next, 'utf8').matchAll(/^import .*?"(\.[^"]+)";$/gm))
      queue.push(join(dirname(next), target));
  }
  return loaded;
}

function sizeOf(files: ReadonlySet<string>): number {
  return [...files].reduce((sum, file) => sum + readFileSync(file, 'utf8').length, 0);
}

describe('the start of the program', () => {
  const program = requireBuild();

  it('loads the command line alone: 300 KiB, nothing of which reads schemas, YAML or packages', () => {
    const files = loadedWith(program);
    expect(sizeOf(files)).toBeLessThan(300 * KIB);
    const texts = [...files].map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(texts).toContain('completion SHELL');
    for (const word of ['ZodObject', 'YAMLParseError', 'readStanzas']) expect(texts).not.toContain(word);
  });

  it('then loads what the command needs: none needs as much as 60 % of all', () => {
    const folder = dirname(program);
    const parts = [...readFileSync(program, 'utf8').matchAll(/import\("\.\/(part-[^"]+)"\)/g)];
    expect(parts.length).toBeGreaterThan(15);
    const all = new Set(parts.flatMap(([, name = '']) => [...loadedWith(join(folder, name))]));
    for (const [, name = ''] of parts)
      expect(sizeOf(loadedWith(join(folder, name)))).toBeLessThan(sizeOf(all) * 0.6);
  });

  it.each(['', 'plan', 'run', 'emit', 'measure'])(
    'lays out the help of %s by characters, each of which takes one column',
    (command) => {
      const { stdout } = runCli(
        [command, '--help'].filter((word) => word !== ''),
        { cwd: makeTree() },
      );
      expect(stdout.replaceAll(/[ -~\n…×]/g, '')).toBe('');
    },
  );

  it('comes with the licences of the libraries in it', () => {
    const licences = readFileSync(join(dirname(program), 'LICENSES.txt'), 'utf8');
    for (const library of ['yargs', 'zod', 'yaml', 'p-limit', 'fast-glob'])
      expect(licences).toMatch(new RegExp(`^## ${library} \\d`, 'm'));
  });
});
