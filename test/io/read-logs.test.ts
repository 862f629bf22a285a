import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { findBelow } from '../../src/io/find-below.ts';
import { readLogs } from '../../src/io/read-logs.ts';
import { makeTree } from './temp-tree.ts';

describe('readLogs', () => {
  it('passes over pipes below a folder, which would never end, and reads files and links to files', async () => {
    const folder = makeTree({ 'a.build': 'one', 'elsewhere/b': 'two' });
    execFileSync('mkfifo', [join(folder, 'pipe.build')]);
    symlinkSync('pipe.build', join(folder, 'link-to-pipe.build'));
    symlinkSync('elsewhere/b', join(folder, 'b.build'));
    symlinkSync('elsewhere', join(folder, 'folder.build'));
    symlinkSync('nowhere', join(folder, 'dangling.build'));
    mkdirSync(join(folder, 'sub.build'));
    const diagnostics: Diagnostic[] = [];
    const logs = await readLogs(
      [folder],
      (log) => log,
      (diagnostic) => diagnostics.push(diagnostic),
      () => undefined,
    );
    expect(logs.map(({ label, text }) => [label.split('/').at(-1), text])).toEqual([
      ['a.build', 'one'],
      ['b.build', 'two'],
      ['dangling.build', undefined],
    ]);
    const found = diagnostics.map(({ code, message }) => [code, message.split("'")[1]?.split('/').at(-1)]);
    expect(found.sort()).toEqual([
      ['special-file', 'link-to-pipe.build'],
      ['special-file', 'pipe.build'],
    ]);
  });
});

describe('findBelow', () => {
  it('reports a pipe that is called as an input', () => {
    const folder = makeTree({ 'hello.dsc': 'Source: hello\n' });
    execFileSync('mkfifo', [join(folder, 'pipe.dsc')]);
    const diagnostics: Diagnostic[] = [];
    const files = findBelow(folder, (diagnostic) => diagnostics.push(diagnostic));
    expect(files).toEqual(['hello.dsc']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['special-file']);
  });
});
