import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { engineUnits } from '../../../src/emit/engines/engine-units.ts';
import { make } from '../../../src/emit/engines/make.ts';
import { ninja } from '../../../src/emit/engines/ninja.ts';
import { slurm } from '../../../src/emit/engines/slurm.ts';
import { snakemake } from '../../../src/emit/engines/snakemake.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { emptyPlan } from '../small-plan.ts';

const ENGINES = { make, ninja, snakemake, slurm };
const OPTIONS = { builderCommand: parseTemplate('printf \'%s\\0\' {id} {dsc} "x{layer}y"'), suite: 'trixie' };

describe.each(Object.entries(ENGINES))('%s', (_, engine) => {
  const files = engine.emit(PAYLOAD_PLAN, OPTIONS);

  it('says nothing in the words of the plan but in one script', () => {
    const empty = new Set(engine.emit(emptyPlan([]), OPTIONS).flatMap(({ content }) => content.split('\n')));
    for (const { path, content } of files) {
      const isScript = path.endsWith('/build-unit') || path.endsWith('/run');
      const own = content.split('\n').filter((line) => !isScript && !empty.has(line));
      for (const line of own) {
        if (path === 'slurm/submit' && !line.startsWith('on_')) continue;
        expect(line, path).toMatch(/^[\t A-Za-z0-9._+:/|\\#@&=,";'(){}$-]*$/);
        expect(line, path).not.toMatch(/\$(?!CONSTRAINT_|PARTITION_|@")/);
      }
    }
  });

  it('has files that sh can read, whatever the plan says', () => {
    for (const { path, content, isExecutable } of files) {
      if (!isExecutable) continue;
      expect(spawnSync('/bin/sh', ['-n'], { input: content, encoding: 'utf8' }).stderr, path).toBe('');
    }
  });
});

describe('build-unit', () => {
  let folder: string;
  const script = make.emit(PAYLOAD_PLAN, OPTIONS).find(({ path }) => path === 'make/build-unit');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'debplan-unit-'));
    writeFileSync(join(folder, 'build-unit'), script?.content ?? '', { mode: 0o755 });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function run(name: string): { readonly status: number | null; readonly stderr: string } {
    return spawnSync(join(folder, 'build-unit'), [name], { encoding: 'utf8' });
  }

  it('runs the command of the named unit with the texts of the plan, and leaves a log and a stamp', () => {
    for (const { slug, task } of engineUnits(PAYLOAD_PLAN).filter((_, index) => index % 10 === 0)) {
      expect(run(slug)).toMatchObject({ status: 0, stderr: '' });
      const [id, dsc, layer] = readFileSync(join(folder, 'log', `${slug}.log`), 'utf8').split('\0');
      expect([id, layer]).toEqual([task.id, `x${task.layer ?? ''}y`]);
      expect(dsc).toMatch(/\.dsc$/);
      expect(existsSync(join(folder, 'done', slug))).toBe(true);
    }
  });

  it.each([
    ['', 64],
    ['../x', 64],
    ['-n', 64],
    ['*', 64],
    ['nobody', 64],
  ])('builds nothing called %j', (name, status) => {
    expect(run(name)).toMatchObject({ status });
    expect(existsSync(join(folder, 'done', 'nobody'))).toBe(false);
  });

  it('tells the end of the log when a build fails, and leaves no stamp', () => {
    const failing = script?.content.replace(/^printf.*$/m, 'echo why; exit 3') ?? '';
    writeFileSync(join(folder, 'build-unit'), failing, { mode: 0o755 });
    const [first] = engineUnits(PAYLOAD_PLAN);
    const slug = first?.slug ?? '';
    expect(run(slug)).toMatchObject({
      status: 3,
      stderr: `${slug}: failed with 3; the end of log/${slug}.log:\nwhy\n`,
    });
    expect(existsSync(join(folder, 'done', slug))).toBe(false);
  });

  it('hides from the builder what make tells its own children', () => {
    const text = script?.content.replace(/^printf.*$/m, 'env') ?? '';
    writeFileSync(join(folder, 'build-unit'), text, { mode: 0o755 });
    const slug = engineUnits(PAYLOAD_PLAN)[0]?.slug ?? '';
    execFileSync(join(folder, 'build-unit'), [slug], {
      env: { ...process.env, MAKEFLAGS: 'k -j9', MAKELEVEL: '1' },
    });
    expect(readFileSync(join(folder, 'log', `${slug}.log`), 'utf8')).not.toContain('MAKE');
  });
});
