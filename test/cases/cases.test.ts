import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPlan } from '../../src/plan/read-plan.ts';
import { runCli } from '../cli/run-cli.ts';
import { makeTree } from '../io/temp-tree.ts';

/**
 * A case is a folder: inputs, `case.json`, and in `expected/RUN/` what each of its command lines prints and writes.
 * A new one needs no code: write the inputs and `case.json`, run `npm test -- -u`, and read what came out.
 */
const CASES = fileURLToPath(new URL('../../fixtures/cases/', import.meta.url));

/** How every plan begins. */
const PLAN = '{\n  "schema": "debplan/plan@1"';

const Case = z.strictObject({
  /** What the case shows, as a claim. */
  says: z.string(),
  /** Command lines by name, each run in a copy of the folder of its own. */
  runs: z.record(z.string(), z.array(z.string())),
});

describe('cases', () => {
  for (const name of readdirSync(CASES).sort()) {
    const folder = join(CASES, name);
    const { says, runs } = Case.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
    describe(`${name}: ${says}`, () => {
      for (const [run, args] of Object.entries(runs)) {
        it(`${run} prints and writes what is expected`, async () => {
          const outcome = runCase(folder, args);
          const expected = join(folder, 'expected', run);
          for (const [file, content] of outcome) {
            await expect(content).toMatchFileSnapshot(join(expected, file));
            if (content.startsWith(PLAN)) expect(readPlan(content, file).schema).toBe('debplan/plan@1');
          }
          expect(listFiles(expected).filter((file) => !outcome.has(file))).toEqual([]);
        });
      }

      it('has no expectation of a run that is gone', () => {
        const found = listFiles(join(folder, 'expected')).map((file) => file.split('/')[0]);
        expect(found.filter((run) => run === undefined || !(run in runs))).toEqual([]);
      });
    });
  }
});

/** What a run leaves: `exit-code`, `stdout` and `stderr` if anything is in them, and the files that it made. */
function runCase(folder: string, args: readonly string[]): ReadonlyMap<string, string> {
  const cwd = makeTree();
  cpSync(folder, cwd, { recursive: true });
  rmSync(join(cwd, 'expected'), { recursive: true, force: true });
  const before = new Set(listFiles(cwd));
  const { code, stdout, stderr } = runCli(args, { cwd });
  const outcome = new Map([['exit-code', `${String(code)}\n`]]);
  if (stdout !== '') outcome.set('stdout', stdout);
  if (stderr !== '') outcome.set('stderr', stderr);
  for (const file of listFiles(cwd)) {
    if (!before.has(file)) outcome.set(file, readFileSync(join(cwd, file), 'utf8'));
  }
  return outcome;
}

/** Paths of all files below a folder; none if it is missing. */
function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
