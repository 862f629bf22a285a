import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import type { Attempt } from '../../../src/run/attempt.ts';
import type { BuilderSettings, BuildRequest } from '../../../src/run/backends/backend.ts';
import { BACKENDS } from '../../../src/run/backends/backends.ts';
import type { BuildCommand } from '../../../src/run/backends/build-command.ts';
import { shimCommand } from '../../../src/run/shim.ts';
import { PAYLOADS } from '../../emit/payloads.ts';
import { planTask } from '../../emit/small-plan.ts';
import { madeAttempt } from '../made-attempt.ts';

const NAMES = ['command', 'sbuild'] as const;
const TEMPLATE =
  'f() {{ recorder "$@" {version}; }}; f {id} x{source}x "a {version} b" {profiles} {sbuild-options} {dsc}';

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-backends-'));
  mkdirSync(join(root, 'bin'));
  mkdirSync(join(root, 'here'));
  // says what it is given, and nothing else
  for (const name of ['recorder', 'sbuild', 'setpriv']) {
    writeFileSync(join(root, 'bin', name), '#!/bin/sh\nprintf "%s\\0" "$0" "$@"\n', { mode: 0o755 });
  }
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function settings(
  backend: BuilderSettings['backend'],
  suite = 'bookworm',
  command = TEMPLATE,
): BuilderSettings {
  const sbuild = { mode: 'unshare', chroots: new Map([['amd64', '/c/base.tar']]), args: [] } as const;
  return { backend, suite, template: parseTemplate(command), sbuild };
}

function request(backend: BuilderSettings['backend'], given: Partial<BuildRequest> = {}): BuildRequest {
  return {
    attempt: madeAttempt(root),
    settings: settings(backend),
    dsc: '/s/hello_1.0.dsc',
    workFolder: '/w',
    user: undefined,
    environment: { PATH: '/usr/bin:/bin', HOME: '/root', DEBPLAN_WORK: '/other', EMPTY: undefined },
    ...given,
  };
}

/** An attempt at a task that is called so in all that it can be called. */
function attemptOf(text: string): Attempt {
  const task = planTask({ id: text, source: text, version: text, profiles: [text], layer: text });
  const target = { arch: text, kind: 'any', profiles: [text] } as const;
  return madeAttempt(root, { task, target, builder: text });
}

/** What the recorder was given, by the command under its shim as in a run. */
function recorded({ file, args, env }: BuildCommand): readonly string[] {
  const folder = mkdtempSync(join(root, 'attempt-'));
  const shim = shimCommand(folder, { file, args });
  execFileSync(shim.file, shim.args, {
    cwd: join(root, 'here'),
    env: { ...env, PATH: `${join(root, 'bin')}:/usr/bin:/bin` },
  });
  const said = execFileSync('cat', [join(folder, 'log')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return said.split('\0').slice(0, -1);
}

describe.each(NAMES)('%s', (name) => {
  it('is described', () => {
    expect(BACKENDS[name].describe).toMatch(/^[a-z].*[^.]$/);
  });

  it.each(PAYLOADS)('runs one program with %j as nothing but a word', (text) => {
    const plain = 'plain-text-of-a-plan';
    const make = (of: string): BuildCommand =>
      BACKENDS[name].build(
        request(name, { attempt: attemptOf(of), settings: settings(name, of), dsc: `/s/${of}.dsc` }),
      );
    const words = recorded(make(text));
    expect(words[0]).toBe(join(root, 'bin', name === 'command' ? 'recorder' : 'sbuild'));
    const other = make(plain);
    expect(words.length).toBe(recorded(other).length);
    expect(words.at(-1)).toBe(name === 'command' ? text : `/s/${text}.dsc`);
    expect(words.filter((word) => word.includes(text)).length).toBeGreaterThanOrEqual(3);
    expect(make(text).args.length).toBe(other.args.length);
    expect(readdirSync(join(root, 'here'))).toEqual([]);
  });

  it('keeps all texts of a plan out of scripts and files', () => {
    const text = 'text-of-a-plan';
    const made = request(name, { attempt: attemptOf(text) });
    const { file, args } = BACKENDS[name].build(made);
    const [script = ''] = args.filter((_, index) => args[index - 1] === '-c');
    expect(
      [file, script, ...BACKENDS[name].files(made).map(({ content }) => content)].join('\n'),
    ).not.toContain(text);
    for (const { name: file } of BACKENDS[name].files(made)) expect(file).toMatch(/^[a-z]+$/);
  });

  it('tells the build where it is, and nothing of other builds', () => {
    const { env, cwd } = BACKENDS[name].build(request(name));
    const out = join(madeAttempt(root).folder, 'out');
    expect(cwd).toBe(out);
    expect(env).toMatchObject({
      ...{
        DEBPLAN_WORK: '/w',
        DEBPLAN_OUT: out,
        DEBPLAN_EXTRA_PACKAGES: '',
        DEBPLAN_TASK: 'hello_1.0/amd64',
      },
      ...{ DEBPLAN_ATTEMPT: '1', DEBPLAN_JOBS: '1', DEB_BUILD_OPTIONS: 'parallel=1', LC_ALL: 'C.UTF-8' },
    });
    expect('EMPTY' in env).toBe(false);
    expect('DEBPLAN_WORK' in BACKENDS[name].build(request(name, { workFolder: undefined })).env).toBe(false);
  });

  it('builds as another user, with the groups and the home of that user', () => {
    const user = { name: 'builder', uid: 1001, gid: 1002, home: '/home/builder' };
    const { file, args, env } = BACKENDS[name].build(request(name, { user }));
    expect([file, ...args.slice(0, 4)]).toEqual([
      ...['setpriv', '--reuid=1001', '--regid=1002', '--init-groups', '--'],
    ]);
    expect(env).toMatchObject({ HOME: '/home/builder', USER: 'builder', LOGNAME: 'builder' });
  });
});

describe('DEB_BUILD_OPTIONS', () => {
  it('keep what the user has set, but for the number of jobs', () => {
    const environment = { DEB_BUILD_OPTIONS: 'noautodbgsym parallel=64  nocheck' };
    const attempt = madeAttempt(root, {
      makeJobs: 3,
      target: { arch: 'amd64', kind: 'any', profiles: ['nocheck', 'nodoc'] },
    });
    const { env } = BACKENDS.command.build(request('command', { environment, attempt }));
    expect(env['DEB_BUILD_OPTIONS']).toBe('noautodbgsym nocheck nodoc parallel=3');
  });
});

describe('the command backend', () => {
  const words = (command: string, given: Partial<BuildRequest> = {}): readonly string[] =>
    recorded(
      BACKENDS.command.build(request('command', { settings: settings('command', 'sid', command), ...given })),
    ).slice(1);

  it('gives what the dispatcher decided, not what was planned', () => {
    const attempt = madeAttempt(root, {
      builder: 'two',
      slot: 5,
      mode: 'ram',
      makeJobs: 7,
      ramDiskBytes: 2 ** 22,
    });
    expect(words('recorder {builder} {slot} {mode} {jobs} {ram-disk-mib} {suite}', { attempt })).toEqual([
      ...['two', '5', 'ram', '7', '4', 'sid'],
    ]);
  });

  it('quotes once more for a command that hands its words to another shell', () => {
    const attempt = attemptOf("it's $HOME");
    expect(words('recorder {source:q} "{source:q}" {sbuild-options:q}', { attempt }).slice(0, 2)).toEqual([
      ...[`'it'\\''s $HOME'`, `'it'\\''s $HOME'`],
    ]);
    const [, , ...options] = words('recorder {source:q} "{source:q}" {sbuild-options:q}', { attempt });
    expect(
      execFileSync('sh', ['-c', `printf '%s\\n' ${options.join(' ')}`], { encoding: 'utf8' }).split('\n')[0],
    ).toBe(`--arch=it's $HOME`);
  });

  it('has room for more than nine words, and for positional parameters of the user', () => {
    const places = Array.from({ length: 12 }, () => '{source}').join(' ');
    expect(words(`set -- a b; recorder "$2" "$#" ${places} "$1"`)).toEqual([
      ...['b', '2', ...Array.from({ length: 12 }, () => 'hello'), 'a'],
    ]);
  });

  it("shows none of its words to the user's text but where a place stands", () => {
    expect(words('recorder "$#" "$*" {source}')).toEqual(['0', '', 'hello']);
  });

  it('names the .dsc as files of the plan are called where nobody has it', () => {
    expect(words('recorder {dsc}', { dsc: undefined })).toEqual(['hello_1.0.dsc']);
  });
});

describe('the sbuild backend', () => {
  const argsOf = (given: Partial<BuildRequest>): readonly string[] =>
    BACKENDS.sbuild.build(request('sbuild', given)).args;

  it('unpacks the chroot of the architecture that the build runs on', () => {
    expect(argsOf({})).toContain('--chroot=/c/base.tar');
    const task = { ...madeAttempt(root).task, buildArch: 'amd64' };
    const target = { arch: 'arm64', kind: 'any', profiles: [] } as const;
    expect(argsOf({ attempt: madeAttempt(root, { task, target }) })).toEqual(
      expect.arrayContaining(['--chroot=/c/base.tar', '--host=arm64', '--build=amd64']),
    );
    expect(argsOf({ attempt: madeAttempt(root, { target }) }).join(' ')).not.toContain('--chroot=');
  });

  it('hands on the packages that a build needs, and makes apt prefer them', () => {
    const pins = (args: readonly string[]): readonly string[] =>
      args.filter((word) => word.includes('Pin-Priority: 1001'));
    expect(pins(argsOf({}))).toEqual([]);
    const args = argsOf({ attempt: madeAttempt(root, { extraPackages: '/p' }) });
    expect(args).toContain('--extra-package=/p');
    expect(pins(args)).toHaveLength(1);
  });

  it('puts chroots where the build is to be, if they are its own', () => {
    const [file] = BACKENDS.sbuild.files(request('sbuild'));
    expect(file?.content).toContain('$unshare_tmpdir_template = "$ENV{DEBPLAN_WORK}/');
    const { sbuild, ...others } = settings('sbuild');
    expect(BACKENDS.sbuild.holds({ ...others, sbuild })).toBe('chroot');
    expect(BACKENDS.sbuild.holds({ ...others, sbuild: { ...sbuild, mode: 'schroot' } })).toBeUndefined();
  });
});
