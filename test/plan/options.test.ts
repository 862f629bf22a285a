import { describe, expect, it } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import { resolveBuilders } from '../../src/options/builder-options.ts';
import { parsePackagesOption, resolveAnalyseOptions } from '../../src/options/analyse-options.ts';
import { optionsOf, reports } from '../support/texts.ts';

const GIB = 1024 ** 3;
const MACHINE = { arch: 'arm64', cpus: 6, memoryBytes: 15 * GIB + 1 };

function builders(
  texts: readonly string[],
  architectures: readonly string[],
  diagnostics: Diagnostic[] = [],
): ReturnType<typeof resolveBuilders> {
  return resolveBuilders(
    texts.map((text) => parseBuilder(text)),
    architectures,
    MACHINE,
    (diagnostic) => diagnostics.push(diagnostic),
  );
}

describe('resolveAnalyseOptions', () => {
  it('plans for this machine when nothing is said', () => {
    expect(resolveAnalyseOptions({}, MACHINE)).toEqual(
      optionsOf({ architectures: ['arm64'], allOn: 'arm64' }),
    );
  });
  it('sorts, trims and drops doubles, but lets the first architecture build arch:all and layers keep their order', () => {
    const raw = {
      arch: [' arm64', 'amd64', 'arm64', ''],
      profiles: ['nodoc', ' nocheck', 'nodoc'],
      layers: ['runtime', 'base', 'runtime'],
      select: ['zlib', 'ceph=1', 'zlib'],
    };
    expect(resolveAnalyseOptions(raw, MACHINE)).toEqual(
      optionsOf({
        architectures: ['amd64', 'arm64'],
        allOn: 'arm64',
        profiles: ['nocheck', 'nodoc'],
        layers: ['runtime', 'base'],
        select: ['ceph=1', 'zlib'],
      }),
    );
  });
  it('passes on what is chosen', () => {
    const raw = {
      arch: ['amd64', 'riscv64'],
      allOn: 'riscv64',
      deps: 'direct',
      alternatives: 'first',
      reading: 'starlingx',
    } as const;
    expect(resolveAnalyseOptions(raw, MACHINE)).toMatchObject({
      allOn: 'riscv64',
      depth: 'direct',
      alternatives: 'first',
      reading: 'starlingx',
    });
  });
  it('goes all steps to neighbours unless told how many, and none unless asked', () => {
    const depths = (raw: Parameters<typeof resolveAnalyseOptions>[0]): readonly number[] => {
      const { buildDepsDepth, dependentsDepth } = resolveAnalyseOptions(raw, MACHINE);
      return [buildDepsDepth, dependentsDepth];
    };
    expect(depths({ select: ['a'] })).toEqual([0, 0]);
    expect(depths({ select: ['a'], withBuildDeps: true })).toEqual([Infinity, 0]);
    expect(depths({ select: ['a'], withDependents: true, depth: '2' })).toEqual([0, 2]);
  });
  it.each([
    [{ arch: ['x86_64'] }, '--arch x86_64: Debian knows no such architecture'],
    [{ arch: ['all'] }, '--arch all: Debian knows no such architecture'],
    [{ arch: ['any'] }, '--arch any: Debian knows no such architecture'],
    [{ arch: [''] }, '--arch'],
    [{ select: [' '] }, '--select'],
    [{ profiles: ['!nocheck'] }, '!nocheck'],
    [{ withBuildDeps: true }, '--with-build-deps'],
    [{ select: ['a'], withDependents: true, depth: 'two' }, '--depth two is no whole number of steps'],
    [{ select: ['a'], depth: '2' }, '--depth 2 has no effect'],
    [
      { arch: ['amd64', 'arm64'], allOn: 'i386' },
      '--all-on i386 is not among the architectures of the plan (amd64, arm64)',
    ],
  ])('refuses %j', (raw, message) => {
    expect(() => resolveAnalyseOptions(raw, MACHINE)).toThrow(UserError);
    expect(() => resolveAnalyseOptions(raw, MACHINE)).toThrow(message);
  });
});

describe('resolveBuilders', () => {
  it('plans for a machine like this one when none is given, and says so', () => {
    const diagnostics: Diagnostic[] = [];
    const expected = ['amd64', 'arm64'].map((arch) => ({
      name: `this-machine-${arch}`,
      arch,
      slots: 1,
      ramDiskBytes: 7.5 * GIB,
      ramDiskChroots: [],
      memoryBytes: 15 * GIB + 1,
      diskSlots: 1,
      diskFactor: 1.35,
      cores: Infinity,
      makeJobs: [4],
      speed: 1,
      isSpeedGiven: false,
    }));
    expect(builders([], ['amd64', 'arm64'], diagnostics)).toEqual(expected);
    expect(reports(diagnostics)).toEqual([
      'assumed-builder: no --builder: a machine like this one is planned for amd64 and arm64 (6 processors, half of the memory as RAM disk)',
    ]);
  });
  it('sorts those that are given and leaves out, with a report, those that nothing is planned for', () => {
    const given = ['name=z,arch=amd64', 'name=r,arch=riscv64', 'name=a,arch=arm64', 'name=B,arch=amd64'];
    const diagnostics: Diagnostic[] = [];
    expect(builders(given, ['amd64', 'arm64'], diagnostics).map(({ name }) => name)).toEqual(['B', 'a', 'z']);
    expect(diagnostics.map(({ code, message }) => [code, message.includes("'r'")])).toEqual([
      ['unused-builder', true],
    ]);
  });
  it('refuses two of one name', () => {
    const given = ['name=x,arch=amd64', 'name=x,arch=arm64'];
    expect(() => builders(given, ['amd64', 'arm64'])).toThrow("two builders are called 'x'");
  });
  it('refuses an architecture without a builder', () => {
    expect(() => builders(['arch=amd64'], ['amd64', 'arm64'])).toThrow('no builder for arm64');
  });
});

describe('parsePackagesOption', () => {
  it.each([
    ['Packages', 'Packages', undefined],
    ['arm64=Packages.xz', 'Packages.xz', 'arm64'],
    ['arm64=a=b', 'a=b', 'arm64'],
    ['./my=file', './my=file', undefined],
    ['./arm64=file', './arm64=file', undefined],
    ['My.index=file', 'My.index=file', undefined],
    ['=file', '=file', undefined],
    ['-', '-', undefined],
  ])('reads %s', (text, path, arch) => {
    expect(parsePackagesOption(text)).toEqual({ path, arch });
  });

  it.each([
    ['arm46=P', 'did you mean arm64? '],
    ['all=P', ''],
    ['my=file', ''],
  ])('takes the first part of %s for an architecture, and refuses it', (text, near) => {
    const arch = text.slice(0, text.indexOf('='));
    const message = `--packages ${text}: Debian knows no architecture '${arch}'`;
    const hint = `${near}a file that is called so: --packages './${text}'`;
    expect(() => parsePackagesOption(text)).toThrow(
      new UserError([{ code: 'usage', severity: 'error', message, hint }]),
    );
  });
});
