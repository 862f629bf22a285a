import { describe, expect, it } from 'vitest';
import { buildCommands } from '../../../src/emit/command/build-commands.ts';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { PLACEHOLDER_NAMES } from '../../../src/emit/command/placeholders.ts';
import { dscName } from '../../../src/emit/command/sbuild-words.ts';
import { emptyPlan, planTask } from '../small-plan.ts';

function commandOf(template: string, ...[task, target]: Parameters<typeof onePlan>): string | undefined {
  const builderCommand = parseTemplate(template);
  return [...buildCommands(onePlan(task, target), { builderCommand, suite: 'bookworm' }).values()][0];
}

function onePlan(
  task: Parameters<typeof planTask>[0],
  target: Partial<Parameters<typeof emptyPlan>[0][number]['target']> = {},
): ReturnType<typeof emptyPlan> {
  return emptyPlan([
    { target: { arch: 'amd64', kind: 'any', profiles: [], ...target }, tasks: [planTask(task)] },
  ]);
}

describe('the default builder command', () => {
  const HELLO = { id: 'hello_1:2.10-3/amd64', source: 'hello', version: '1:2.10-3', makeJobs: 4 };

  it('builds what is for one architecture', () => {
    expect(commandOf(DEFAULT_BUILDER_COMMAND, HELLO)).toBe(
      'sbuild --dist=bookworm --arch=amd64 --arch-any --no-arch-all --jobs=4 hello_2.10-3.dsc',
    );
  });

  it('builds what is for all architectures apart, or with the other half', () => {
    expect(commandOf('x {sbuild-options}', HELLO, { kind: 'all' })).toBe(
      'x --arch=amd64 --arch-all --no-arch-any --jobs=4',
    );
    expect(commandOf('x {sbuild-options}', HELLO, { kind: 'binary', profiles: ['nodoc'] })).toBe(
      'x --arch=amd64 --arch-any --arch-all --profiles=nodoc --jobs=4',
    );
  });

  it('builds across architectures with the profiles of the task', () => {
    const task = { ...HELLO, buildArch: 'amd64', profiles: ['cross', 'nocheck'] };
    expect(commandOf('x {sbuild-options}', task, { arch: 'arm64' })).toBe(
      'x --host=arm64 --build=amd64 --arch-any --no-arch-all --profiles=cross,nocheck --jobs=4',
    );
  });
});

describe('placeholders', () => {
  it('tell all of a task', () => {
    const task = {
      id: 'rt/hello_1:2-1/amd64+stage1',
      source: 'hello',
      version: '1:2-1',
      stage: 'stage1',
      profiles: ['nocheck', 'stage1'],
      layer: 'distro',
      buildType: 'rt',
      builder: 'x86-1',
      slot: 3,
      makeJobs: 8,
      ramDiskBytes: 2 ** 20 + 1,
      memoryBytes: 2 ** 20,
    };
    const all = PLACEHOLDER_NAMES.filter((name) => name !== 'sbuild-options');
    expect(commandOf(all.map((name) => `${name}={${name}}`).join('\n'), task)).toBe(
      [
        ...['source=hello', 'version=1:2-1', 'dsc=hello_2-1.dsc', 'arch=amd64', 'build-arch=amd64'],
        ...['kind=any', 'suite=bookworm', 'profiles=nocheck,stage1', 'stage=stage1', 'builder=x86-1'],
        ...[
          'slot=3',
          'mode=ram',
          'jobs=8',
          'ram-disk-mib=2',
          'memory-mib=1',
          'layer=distro',
          'build-type=rt',
        ],
        ...["id='rt/hello_1:2-1/amd64+stage1'".replaceAll("'", ''), 'slug=rt.hello_1_2-1.amd64+stage1'],
      ].join('\n'),
    );
  });

  it('give a build on disk no RAM disk', () => {
    const task = { id: 'a', source: 'a', version: '1', mode: 'disk', ramDiskBytes: 2 ** 30 } as const;
    expect(commandOf('x {ram-disk-mib}', task)).toBe('x 0');
  });

  it('name no file like an option', () => {
    expect(dscName({ source: '--help', version: '1:1' })).toBe('./--help_1.dsc');
  });

  it('refuse what no command line can carry', () => {
    expect(() => commandOf('x {source}', { id: 'a\0b', source: 'a\0b', version: '1' })).toThrow(
      'a␀b: no command line can carry a NUL',
    );
  });
});
