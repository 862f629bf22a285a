import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../io/temp-tree.ts';
import { runCli } from './run-cli.ts';
import { ON_AMD64, SOURCES } from './sources.ts';

/** A wrong command line: what is typed, and the first line and the hint that it gives. */
interface Wrong {
  readonly args: readonly string[];
  readonly error: string;
  readonly hint: string;
}

const builder = (text: string): readonly string[] => ['plan', 'S', '--arch', 'amd64', '--builder', text];
const EXAMPLE =
  'a builder looks like --builder name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1';

const WRONG: Readonly<Record<string, Wrong>> = {
  'an unknown command': {
    args: ['bogus', 'S'],
    error: "there is no command 'bogus'",
    hint: 'debplan --help',
  },
  'a command misspelt': {
    args: ['plna', 'S'],
    error: "there is no command 'plna'",
    hint: 'did you mean debplan plan?',
  },
  'an unknown option': {
    args: ['plan', 'S', '--archs', 'amd64'],
    error: 'there is no option --archs',
    hint: 'did you mean --arch?',
  },
  'an option misspelt': {
    args: ['plan', 'S', '--packges', 'P'],
    error: 'there is no option --packges',
    hint: 'did you mean --packages?',
  },
  'an option of another command': {
    args: ['graph', 'S', '--fail-if', 'gap>1%'],
    error: 'there is no option --fail-if',
    hint: 'debplan graph --help',
  },
  'an option of all commands misspelt': {
    args: ['graph', 'S', '--maxinput=1GiB'],
    error: 'there is no option --maxinput',
    hint: 'did you mean --max-input?',
  },
  'an unknown letter': {
    args: ['graph', '-x'],
    error: 'there is no option -x',
    hint: 'debplan graph --help',
  },
  'an option without its value': {
    args: ['plan', 'S', '-o'],
    error: '-o needs a value',
    hint: 'debplan plan --help',
  },
  'an option with an empty list': {
    args: ['plan', 'S', '--arch='],
    error: '--arch needs a value',
    hint: 'debplan plan --help',
  },
  'no such choice': {
    args: ['plan', 'S', '--deps', 'none'],
    error: '--deps can\'t be "none": the choices are install, direct',
    hint: 'debplan plan --help',
  },
  'no such format': {
    args: ['graph', 'S', '--format', 'xml'],
    error: '--format can\'t be "xml": the choices are json, dot, csv',
    hint: 'debplan graph --help',
  },
  'one name for why': {
    args: ['why', 'hello'],
    error: 'two names are needed: A and B',
    hint: 'debplan why --help',
  },
  'two plan files': {
    args: ['plan', 'S', '-o', 'a', '-o', 'b'],
    error: '--output is given twice: a and b',
    hint: 'leave one out',
  },
  'two choices': {
    args: ['plan', 'S', '--deps', 'direct', '--deps', 'install'],
    error: '--deps is given twice: direct and install',
    hint: 'leave one out',
  },
  'two formats': {
    args: ['graph', 'S', '--format', 'dot', '--format', 'csv'],
    error: '--format is given twice: dot and csv',
    hint: 'leave one out',
  },
  'two estimates': {
    args: ['plan', 'S', '--estimates', 'a', '--estimates', 'b'],
    error: '--estimates is given twice: a and b',
    hint: 'leave one out',
  },
  'no input': {
    args: ['plan'],
    error: 'no input is named [no-sources]',
    hint: 'name a source tree, .dsc files or a Sources index, or use --apt with deb-src lines',
  },
  'an unknown architecture': {
    args: ['plan', 'S', '--arch', 'amd46'],
    error: '--arch amd46: Debian knows no such architecture [usage]',
    hint: 'did you mean amd64?',
  },
  'an architecture that is like no other': {
    args: ['plan', 'S', '--arch', 'vax'],
    error: '--arch vax: Debian knows no such architecture [usage]',
    hint: 'architectures are called amd64, arm64, armhf, …',
  },
  'a wildcard as architecture': {
    args: ['plan', 'S', '--arch', 'linux-any'],
    error: '--arch linux-any: Debian knows no such architecture [usage]',
    hint: 'architectures are called amd64, arm64, armhf, …',
  },
  'a list of no architecture': {
    args: ['plan', 'S', '--arch', ','],
    error: '--arch names nothing [usage]',
    hint: 'leave --arch out, or name one',
  },
  'no layers': {
    args: ['plan', 'S', '--arch', 'amd64', '--layers', ''],
    error: '--layers names nothing [usage]',
    hint: 'leave --layers out, or name one',
  },
  'layers of sources that have none': {
    args: ['check', 'S', '--arch', 'amd64', '--layers', 'base,apps'],
    error: '--layers base,apps has no effect: nothing in the inputs has layers [no-such-layer]',
    hint: 'leave --layers out, or name the tree whose repositories have a debian_build_layer.cfg',
  },
  'all-on elsewhere': {
    args: ['plan', 'S', '--arch', 'amd64', '--all-on', 'arm64'],
    error: '--all-on arm64 is not among the architectures of the plan (amd64) [usage]',
    hint: 'add it: --arch amd64,arm64',
  },
  'a selection of nothing, as an unset variable gives it': {
    args: ['plan', 'S', '--select', '', '--with-build-deps'],
    error: '--select names nothing [usage]',
    hint: 'leave --select out, or name one',
  },
  'a source that is not there': {
    args: ['plan', 'S', '--select', 'hell'],
    error: '--select hell: no such source package in the inputs [no-such-source]',
    hint: 'did you mean hello?',
  },
  'neighbours of no selection': {
    args: ['plan', 'S', '--with-dependents'],
    error: '--with-dependents has no effect: without --select all is planned [usage]',
    hint: 'add --select NAME',
  },
  'a depth below zero': {
    args: ['plan', 'S', '--select', 'hello', '--with-build-deps', '--depth', '-1'],
    error: '--depth -1 is no whole number of steps [usage]',
    hint: 'leave it out to go all the way',
  },
  'a depth in words': {
    args: ['plan', 'S', '--select', 'hello', '--with-build-deps', '--depth', 'two'],
    error: '--depth two is no whole number of steps [usage]',
    hint: 'leave it out to go all the way',
  },
  'a depth of nothing': {
    args: ['plan', 'S', '--select', 'hello', '--depth', '1'],
    error: '--depth 1 has no effect: it counts the steps of --with-build-deps and --with-dependents [usage]',
    hint: 'add one of the two, or leave --depth out',
  },
  'a profile that is a formula': {
    args: ['plan', 'S', '--profiles', 'nodoc,!nocheck'],
    error: '--profiles !nocheck: no build profile can be called so [usage]',
    hint: 'profiles look like nocheck,nodoc',
  },
  'a disk factor of zero': {
    args: ['plan', 'S', '--disk-factor', '0'],
    error: '--disk-factor 0 is no factor from 1 to 1000 [usage]',
    hint: 'disk builds take longer: --disk-factor 1.35',
  },
  'a disk factor in words': {
    args: ['plan', 'S', '--disk-factor', 'slow'],
    error: '--disk-factor slow is no factor from 1 to 1000 [usage]',
    hint: 'disk builds take longer: --disk-factor 1.35',
  },
  'a disk factor in hexadecimal': {
    args: ['plan', 'S', '--disk-factor', '0x10'],
    error: '--disk-factor 0x10 is no factor from 1 to 1000 [usage]',
    hint: 'disk builds take longer: --disk-factor 1.35',
  },
  'a disk factor with an exponent': {
    args: ['plan', 'S', '--disk-factor', '1e3'],
    error: '--disk-factor 1e3 is no factor from 1 to 1000 [usage]',
    hint: 'disk builds take longer: --disk-factor 1.35',
  },
  'an architecture without a builder': {
    args: ['plan', 'S', '--arch', 'amd64,arm64', '--builder', 'arch=amd64'],
    error: 'no builder for arm64 [usage]',
    hint: 'add --builder name=NAME,arch=arm64,slots=N,ram-disk=SIZE',
  },
  'two builders with one name': {
    args: [...builder('arch=amd64'), '--builder', 'arch=amd64'],
    error: "two builders are called 'amd64' [usage]",
    hint: 'give each its own name=',
  },
  'a builder that is a name': {
    args: builder('x86'),
    error: "builder 'x86': 'x86' has no '=' [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder without architecture': {
    args: builder('name=x86,slots=2'),
    error: "builder 'name=x86,slots=2': arch= is missing [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder of an unknown architecture': {
    args: builder('name=x86,arch=x86_64'),
    error: "builder 'x86': arch=x86_64: Debian knows no such architecture [usage]",
    hint: 'architectures are called amd64, arm64, armhf, …',
  },
  'a builder with a blank in its name': {
    args: builder('name=x 86,arch=amd64'),
    error:
      "builder 'name=x 86,arch=amd64': 'x 86' is no builder name: letters, digits, '.', '_' and '-' [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder without slots': {
    args: builder('arch=amd64,slots=0'),
    error: "builder 'arch=amd64,slots=0': slots=0 is no number from 1 to 4096 [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with half a make job': {
    args: builder('arch=amd64,jobs=1.5'),
    error:
      "builder 'arch=amd64,jobs=1.5': jobs=1.5 is no number from 1 to 4096, nor several such as 1/2/4 [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with a RAM disk in words': {
    args: builder('arch=amd64,ram-disk=half'),
    error: "builder 'arch=amd64,ram-disk=half': ram-disk=half is no size such as 64GiB [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with less than no memory': {
    args: builder('arch=amd64,memory=-1'),
    error: "builder 'arch=amd64,memory=-1': memory=-1 is no size such as 64GiB [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder that stands still': {
    args: builder('arch=amd64,speed=0'),
    error: "builder 'arch=amd64,speed=0': speed=0 is no factor from 0.01 to 100 [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with a hexadecimal speed': {
    args: builder('arch=amd64,speed=0x10'),
    error: "builder 'arch=amd64,speed=0x10': speed=0x10 is no factor from 0.01 to 100 [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with an unknown key': {
    args: builder('arch=amd64,ram=8'),
    error:
      "builder 'arch=amd64,ram=8': 'ram' is none of name, arch, host, slots, ram-disk, memory, disk-slots, disk-factor, cores, jobs, speed [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with more RAM disk than memory': {
    args: builder('arch=amd64,ram-disk=64GiB,memory=32GiB'),
    error:
      "builder 'arch=amd64,ram-disk=64GiB,memory=32GiB': ram-disk=64 GiB is more than memory=32 GiB: the RAM disk's pages are memory too [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with a RAM disk without a unit': {
    args: builder('arch=amd64,ram-disk=64'),
    error:
      "builder 'arch=amd64,ram-disk=64': ram-disk=64 is less than a MiB; did you mean 64GiB? [bad-builder]",
    hint: EXAMPLE,
  },
  'a builder with a key twice': {
    args: builder('arch=amd64,slots=2,slots=4'),
    error: "builder 'arch=amd64,slots=2,slots=4': slots= is given twice [usage]",
    hint: 'leave one out',
  },
  'an estimates file that is not there': {
    args: ['plan', 'S', '--estimates', 'gone.tsv'],
    error: "cannot read 'gone.tsv': no such file or folder [unreadable-path]",
    hint: "see what is there: ls -d 'gone.tsv'*",
  },
  'a builders file that is not there': {
    args: ['plan', 'S', '--builders', 'gone.yaml'],
    error: "cannot read 'gone.yaml': no such file or folder [unreadable-path]",
    hint: "see what is there: ls -d 'gone.yaml'*",
  },
  'a unit that is not there': {
    args: ['why', 'hello', 'gtk', 'S', '--arch', 'amd64'],
    error: "'gtk' is no source and no unit of the inputs [no-such-unit]",
    hint: 'debplan graph --format csv lists them',
  },
};

describe('a wrong command line', () => {
  for (const [name, { args, error, hint }] of Object.entries(WRONG)) {
    it(`exits with 2, says what and hints what to type, and writes nothing: ${name}`, () => {
      const cwd = makeTree({ S: SOURCES });
      expect(runCli(args, { cwd })).toEqual({
        code: 2,
        stdout: '',
        stderr: `error: ${error}\nhint: ${hint}\n`,
      });
      expect(existsSync(join(cwd, 'plan.json'))).toBe(false);
    });
  }

  it('refuses files above --max-input in every command, and says how to allow them', () => {
    const cwd = makeTree({ Sources: SOURCES, 'plan.json': '{"schema": "debplan/plan@1"}' });
    for (const args of [
      ['check', 'Sources'],
      ['simulate', 'plan.json'],
      ['compare', 'plan.json', 'plan.json'],
    ]) {
      const { code, stderr } = runCli([...args, '--max-input', '10'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('is larger than 10 B; nothing of it was used [input-too-large]');
      expect(stderr).toContain('--max-input');
    }
  });

  it('gets the help on stderr when there is no command at all', () => {
    const { code, stdout, stderr } = runCli([], { cwd: makeTree() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/\n {2}debplan plan +What to build/);
    expect(stderr).toMatch(/\nerror: say what to do: a command is missing\nhint: debplan --help\n$/);
  });
});

describe('a right command line', () => {
  it('may give lists by commas or by repeating the option, and doubles count once', () => {
    const cwd = makeTree({ S: SOURCES });
    const both = ['--builder', 'arch=amd64', '--builder', 'arch=arm64', '--json'];
    const byComma = runCli(['plan', 'S', '--arch', 'amd64,arm64', ...both], { cwd });
    const repeated = runCli(
      ['plan', 'S', '--arch', 'arm64', '--arch', 'amd64,arm64', '--all-on', 'amd64', ...both],
      { cwd },
    );
    expect(byComma.code).toBe(0);
    expect(repeated).toEqual(byComma);
  });

  it('may name its inputs after a list option, which takes one value at a time', () => {
    const cwd = makeTree({ S: SOURCES });
    const first = runCli(['plan', 'S', ...ON_AMD64, '--json'], { cwd });
    const last = runCli(['plan', ...ON_AMD64, '--arch', 'amd64', 'S', '--json'], { cwd });
    expect(first.code).toBe(0);
    expect(last).toEqual(first);
  });

  it('may name inputs behind --, whatever they begin with', () => {
    const cwd = makeTree({ '-S': SOURCES });
    const { code, stdout } = runCli(['plan', ...ON_AMD64, '--order', '-', '-q', '--', '-S'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'greet_2.1-1/amd64 x86 ram\nhello_1.0-1/amd64 x86 ram\n',
    });
  });

  it('may repeat a flag', () => {
    const cwd = makeTree({ S: SOURCES });
    expect(runCli(['plan', 'S', ...ON_AMD64, '-q', '--quiet'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('notes a builder that gets no work', () => {
    const cwd = makeTree({ S: SOURCES });
    const { code, stderr } = runCli(['plan', 'S', ...ON_AMD64, '--builder', 'arch=arm64', '--json'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain(
      "note: builder 'arm64' gets no work: arm64 is not among the architectures of the plan [unused-builder]\nhint: add it: --arch arm64\n",
    );
  });
});
