import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { resolveCheckOptions, type RawCheckOptions } from '../../src/options/check-options.ts';
import { checkSources } from '../../src/check.ts';
import { binary, readTexts, source } from '../support/texts.ts';

const MACHINE = { arch: 'amd64', cpus: 4, memoryBytes: 2 ** 34 };

/** The sources of a small archive that can be built. */
function buildable(raw: RawCheckOptions): readonly string[] {
  const archive = readTexts({
    sources: [
      source('any-of-two', { 'Build-Depends': 'gone | x' }),
      source('newer', { 'Build-Depends': 'x (>= 2)' }),
      source('documented', { Architecture: 'all', 'Build-Depends': 'x:any (>= 2)' }),
    ],
    packages: { amd64: [binary('build-essential'), binary('x')] },
  });
  const { options } = resolveCheckOptions({ arch: ['amd64'], ...raw }, MACHINE);
  const { universe, installability } = checkSources(archive, options, () => undefined);
  return universe.units
    .filter(({ id }) => installability.unitBuilt[id] === 1)
    .map(({ source: { name } }) => name);
}

function refusal(raw: RawCheckOptions): string {
  try {
    resolveCheckOptions(raw, MACHINE);
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics[0]?.message ?? '';
    throw error;
  }
  return 'none';
}

describe('resolveCheckOptions', () => {
  it('asks every architecture for everything, unless told where arch:all is built', () => {
    const arch = ['arm64', 'amd64'];
    expect(resolveCheckOptions({ arch }, MACHINE).options).toMatchObject({
      allOn: undefined,
      kind: 'binary',
    });
    expect(resolveCheckOptions({ arch, allOn: 'arm64' }, MACHINE).options.allOn).toBe('arm64');
    expect(resolveCheckOptions({ arch, like: 'buildd' }, MACHINE).options.allOn).toBe('arm64');
  });
  it('reads the indexes of both architectures of a cross check', () => {
    const { options, readArchitectures } = resolveCheckOptions({ hostArch: 'arm64' }, MACHINE);
    expect(options).toMatchObject({ architectures: ['arm64'], buildArch: 'amd64' });
    expect(readArchitectures).toEqual(['amd64', 'arm64']);
    expect(resolveCheckOptions({ hostArch: 'amd64' }, MACHINE).options.buildArch).toBeUndefined();
  });
  it('refuses what makes no cross check', () => {
    expect(refusal({ buildArch: 'amd64' })).toContain('--build-arch amd64 has no effect');
    expect(refusal({ hostArch: 'arm64', arch: ['arm64'] })).toContain('--host-arch arm64 and --arch');
    expect(refusal({ hostArch: 'arm46' })).toContain('--host-arch arm46');
    expect(refusal({ hostArch: 'arm64', buildArch: 'amd46' })).toContain('--build-arch amd46');
    expect(refusal({ hostArch: 'arm64', allOn: 'arm64' })).toContain('--all-on arm64 has no effect');
  });
});

describe('the presets', () => {
  it('answer as the systems do that they are named after', () => {
    expect(buildable({})).toEqual(['any-of-two']);
    expect(buildable({ like: 'buildd' })).toEqual([]);
    expect(buildable({ like: 'dose' })).toEqual(['any-of-two', 'documented']);
    expect(buildable({ like: 'starlingx' })).toEqual(['any-of-two', 'documented', 'newer']);
  });
  it('give way to options beside them', () => {
    expect(buildable({ like: 'buildd', alternatives: 'any' })).toEqual(['any-of-two']);
    expect(buildable({ like: 'dose', reading: 'debian' })).toEqual(['any-of-two']);
  });
});
