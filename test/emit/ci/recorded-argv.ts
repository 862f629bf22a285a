import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import type { EmitOptions } from '../../../src/emit/emitter.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan } from '../../../src/plan/plan.ts';

/** What a fake builder is given to record. */
export const RECORDED: EmitOptions = {
  builderCommand: parseTemplate('fake_builder {id} x{source}x "a {version} b" {builder} {layer} {suite}'),
  suite: 'trixie',
};

/** What it must be given for each task of a plan, in plan order. */
export function expectedArgv(plan: Plan): readonly (readonly string[])[] {
  return tasksByStart(plan.targets).map(({ id, source, version, builder, layer = '' }) => {
    return [id, `x${source}x`, `a ${version} b`, builder, layer, 'trixie'];
  });
}

/** A folder to build in, and a builder that says what it is given. */
export interface Recorder {
  readonly folder: string;
  /** Runs a script of /bin/sh in the folder, and says what the builder was given, or what went to descriptor 9 otherwise. */
  readonly run: (
    script: string,
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => readonly string[];
  /** Writes a file beside the folder. @returns its path */
  readonly save: (name: string, text: string) => string;
  /** Runs each script in a shell of its own, and says what their builders were given. */
  readonly runAll: (scripts: readonly string[]) => readonly (readonly string[])[];
  /** Names in the folder. */
  readonly names: () => readonly string[];
}

export function makeRecorder(): Recorder {
  const root = mkdtempSync(join(tmpdir(), 'debplan-ci-'));
  const folder = join(root, 'here');
  mkdirSync(folder);
  const save: Recorder['save'] = (name, text) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };
  const run: Recorder['run'] = (script, args = [], env = {}) => {
    const path = save('script', `exec 9>&1 >/dev/null\n${BUILDER}\n${script}`);
    const said = execFileSync('/bin/sh', [path, ...args], {
      cwd: folder,
      env: { ...env, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return said.split('\0').slice(0, -1);
  };
  const runAll: Recorder['runAll'] = (scripts) => {
    const ends = scripts.map((script) => `(\n${script}\n)\nprintf '%s\\0' '${END}' >&9`);
    const parts: string[][] = [[]];
    for (const word of run(['set -e', ...ends].join('\n'))) {
      if (word === END) parts.push([]);
      else parts.at(-1)?.push(word);
    }
    return parts.slice(0, -1);
  };
  return { folder, save, run, runAll, names: () => readdirSync(folder) };
}

/** A function, not a program: it sees the same words, and thousands of builds take no time. */
const BUILDER = `fake_builder() { printf '%s\\0' "$@" >&9; }`;
const END = 'end of a script';
