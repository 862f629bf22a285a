import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { writeFileAtomically } from '../../src/io/write-output.ts';
import { makeTree } from './temp-tree.ts';

describe('writeFileAtomically', () => {
  it('makes missing folders, and leaves nothing but the file', async () => {
    const folder = makeTree();
    await writeFileAtomically(join(folder, 'a/b/plan.json'), '{}\n');
    expect(readFileSync(join(folder, 'a/b/plan.json'), 'utf8')).toBe('{}\n');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['plan.json']);
  });

  it('replaces a file and keeps its mode', async () => {
    const folder = makeTree({ 'build.sh': 'old' });
    chmodSync(join(folder, 'build.sh'), 0o751);
    await writeFileAtomically(join(folder, 'build.sh'), Buffer.from('new'));
    expect(readFileSync(join(folder, 'build.sh'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'build.sh')).mode & 0o777).toBe(0o751);
  });

  it('makes a program of a new file, and of one that was none, for those who may read it', async () => {
    const folder = makeTree({ 'old.sh': 'old' });
    chmodSync(join(folder, 'old.sh'), 0o640);
    for (const name of ['new.sh', 'old.sh']) await writeFileAtomically(join(folder, name), 'new', true);
    const textMode = statSync(join(makeTree({ text: '' }), 'text')).mode & 0o777;
    expect(statSync(join(folder, 'new.sh')).mode & 0o777).toBe(textMode | ((textMode & 0o444) >> 2));
    expect(statSync(join(folder, 'old.sh')).mode & 0o777).toBe(0o750);
  });

  it('replaces the target of a link, not the link', async () => {
    const folder = makeTree({ 'real/plan.json': 'old' });
    symlinkSync('real/plan.json', join(folder, 'plan.json'));
    await writeFileAtomically(join(folder, 'plan.json'), 'new');
    expect(lstatSync(join(folder, 'plan.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/plan.json'), 'utf8')).toBe('new');
  });

  it('writes to a device without replacing it', async () => {
    await writeFileAtomically('/dev/null', 'gone');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
    await expect(writeFileAtomically('/proc/debplan/plan.json', '{}\n')).rejects.toThrow(UserError);
  });

  it('leaves what was there, and no temporary file, when it fails', async () => {
    const folder = makeTree({ 'taken/inner': 'kept', file: 'kept' });
    mkdirSync(join(folder, 'empty'));
    const cases: readonly (readonly [string, string])[] = [
      ['taken', 'is a folder'],
      ['file/below', 'a part of the path is a file'],
    ];
    for (const [path, reason] of cases) {
      const failure = await writeFileAtomically(join(folder, path), 'new').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect(failure).toMatchObject({
        diagnostics: [
          { code: 'unwritable-path', message: `cannot write '${join(folder, path)}': ${reason}` },
        ],
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['empty', 'file', 'taken']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
    expect(readFileSync(join(folder, 'taken/inner'), 'utf8')).toBe('kept');
  });
});
