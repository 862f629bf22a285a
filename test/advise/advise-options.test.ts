import { describe, expect, it } from 'vitest';
import { resolveAdviseOptions, type RawAdviseOptions } from '../../src/options/advise-options.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { GIB } from './hosts.ts';

const GIVEN: RawAdviseOptions = { memory: '128GiB', cores: '32' };

function refusal(changed: RawAdviseOptions): readonly (string | undefined)[] {
  try {
    resolveAdviseOptions({ ...GIVEN, ...changed });
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics.flatMap(({ message, hint }) => [message, hint]);
    throw error;
  }
  return [];
}

describe('resolveAdviseOptions', () => {
  it('takes a GiB a make job, all slots and make jobs, and the disk of the plan unless told otherwise', () => {
    expect(resolveAdviseOptions(GIVEN)).toEqual({
      memoryBytes: 128 * GIB,
      cores: 32,
      memoryPerJobBytes: GIB,
      diskFactor: undefined,
      architectures: undefined,
      slots: undefined,
      makeJobs: undefined,
    });
  });

  it('reads lists with commas, sorted and each number once', () => {
    const options = resolveAdviseOptions({
      ...GIVEN,
      arch: ['arm64,amd64'],
      slots: '8, 4,8',
      jobs: '2',
      memoryPerJob: '0',
      diskFactor: '1.5',
    });
    expect(options).toMatchObject({
      architectures: ['arm64', 'amd64'],
      slots: [4, 8],
      makeJobs: [2],
      memoryPerJobBytes: 0,
      diskFactor: 1.5,
    });
  });

  const EXAMPLE = 'debplan advise plan.json --memory 128GiB --cores 32';
  it.each<readonly [string, RawAdviseOptions, string, string]>([
    [
      'no memory',
      { memory: undefined },
      '--memory is missing: how much memory the host has for builds',
      EXAMPLE,
    ],
    ['no cores', { cores: undefined }, '--cores is missing: how many processors the host has', EXAMPLE],
    ['memory in bytes', { memory: '64' }, '--memory 64 is 64 B only', 'did you mean --memory 64GiB?'],
    [
      'memory in MiB, as free -m tells it',
      { memory: '131072' },
      '--memory 131072 is 128 KiB only',
      'did you mean --memory 131072MiB?',
    ],
    [
      'memory in KiB, as free tells it',
      { memory: '131886260' },
      '--memory 131886260 is 126 MiB only',
      'did you mean --memory 131886260KiB?',
    ],
    [
      'a slip in the unit',
      { memory: '64MB' },
      '--memory 64MB is 64 MiB only',
      'did you mean --memory 64GiB?',
    ],
    ['no size', { memory: 'lots' }, '--memory lots is no size', 'sizes look like 128GiB: --memory 128GiB'],
    ['no core', { cores: '0' }, '--cores 0 is no number from 1 to 4096', EXAMPLE],
    ['half a core', { cores: '1.5' }, '--cores 1.5 is no number from 1 to 4096', EXAMPLE],
    [
      'memory of a make job without a unit',
      { memoryPerJob: '2' },
      '--memory-per-job 2 is 2 B only',
      'did you mean --memory-per-job 2GiB?',
    ],
    [
      'an architecture that nobody knows',
      { arch: ['x86'] },
      '--arch x86: Debian knows no such architecture',
      'architectures are called amd64, arm64, armhf, …',
    ],
    ['slots that are no numbers', { slots: '4,many' }, '--slots many is no number from 1 to 4096', EXAMPLE],
    [
      'a disk faster than RAM',
      { diskFactor: '0.5' },
      '--disk-factor 0.5 is no number from 1 to 1000',
      'how many times longer a build takes on disk than in RAM: --disk-factor 1.35',
    ],
  ])('refuses %s', (_, changed, message, hint) => {
    expect(refusal(changed)).toEqual([message, hint]);
  });
});
