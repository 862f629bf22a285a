import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { HereExecutor } from '../../../src/run/here/here-executor.ts';
import type { HereOptions } from '../../../src/run/here/here-options.ts';
import { workFolder } from '../../../src/run/work-folder.ts';
import { madeAttempt } from '../made-attempt.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-here-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function options(command: string, given: Partial<HereOptions> = {}): HereOptions {
  return {
    work: workFolder(root),
    settings: {
      ...{ backend: 'command', suite: 'bookworm', template: parseTemplate(command) },
      sbuild: { mode: 'unshare', chroots: new Map(), args: [] },
    },
    limits: { timeoutMs: undefined, idleTimeoutMs: undefined, maxLogBytes: 2 ** 20 },
    sourceOf: () => Promise.resolve(undefined),
    user: undefined,
    ramDirectory: undefined,
    machine: { isRoot: false, mounts: 'not tried', namespaces: 'not tried' },
    transientPatterns: [],
    keepsFolders: false,
    environment: { PATH: process.env['PATH'] },
    clock: () => Date.now(),
    report: (diagnostic) => {
      throw new Error(diagnostic.message);
    },
    ...given,
  };
}

describe('HereExecutor', () => {
  it('runs a command in its own folders, with what it needs to know', async () => {
    const attempt = madeAttempt(root);
    const command =
      'cd "$DEBPLAN_WORK" && touch x && cp x "$DEBPLAN_OUT/x.deb" && echo {source} $DEBPLAN_TASK';
    const end = await new HereExecutor(options(command)).run(attempt);
    expect(end).toMatchObject({ outcome: 'built', exitCode: 0, reason: undefined });
    expect(readFileSync(join(attempt.folder, 'log'), 'utf8')).toBe('hello hello_1.0/amd64\n');
    expect(readdirSync(attempt.folder).sort()).toEqual(['attempt.json', 'claim', 'exit', 'log', 'out']);
    expect(readdirSync(join(attempt.folder, 'out'))).toEqual(['x.deb']);
  });
});
