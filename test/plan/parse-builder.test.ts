import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { parseBuilder, readBuilder } from '../../src/dispatch/parse-builder.ts';

const GIB = 1024 ** 3;

describe('parseBuilder', () => {
  it('reads every part, in any order, blanks around them aside', () => {
    const expected = {
      name: 'x86-1',
      arch: 'amd64',
      slots: 8,
      ramDiskBytes: 64 * GIB,
      ramDiskChroots: [],
      memoryBytes: 96 * GIB,
      diskSlots: 2,
      diskFactor: 2.5,
      cores: 32,
      makeJobs: [2, 4],
      speed: 1.5,
      isSpeedGiven: true,
    };
    const text =
      'name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96G,disk-slots=2,disk-factor=2.5,cores=32,jobs=2/4,speed=1.5';
    expect(parseBuilder(text)).toEqual(expected);
    const shuffled =
      ' speed = 1.5 , jobs=4/2/ 4,cores=32,memory=96 GB,disk-factor=2.5,ram-disk=64 g,disk-slots=2,slots= 8,arch=amd64, name=x86-1';
    expect(parseBuilder(shuffled)).toEqual(expected);
  });
  it('needs the architecture alone', () => {
    expect(parseBuilder('arch=arm64')).toEqual({
      name: 'arm64',
      arch: 'arm64',
      slots: 1,
      ramDiskBytes: 0,
      ramDiskChroots: [],
      memoryBytes: Infinity,
      diskSlots: 1,
      diskFactor: 1.35,
      cores: Infinity,
      makeJobs: [4],
      speed: 1,
      isSpeedGiven: false,
    });
  });
  it('takes what others set for builders that say nothing, and no more make jobs than cores', () => {
    expect(parseBuilder('arch=arm64,slots=3,cores=2', { diskFactor: 3 })).toMatchObject({
      diskSlots: 3,
      diskFactor: 3,
      makeJobs: [2],
    });
    expect(parseBuilder('arch=arm64,disk-factor=1', { diskFactor: 3 })).toMatchObject({ diskFactor: 1 });
  });
  it('takes a builder that emulates for ten times as slow, unless its speed is given', () => {
    expect(parseBuilder('arch=arm64,host=amd64')).toMatchObject({
      ...{ arch: 'arm64', host: 'amd64', speed: 0.1, isSpeedGiven: false },
    });
    expect(parseBuilder('arch=arm64,host=amd64,speed=0.3')).toMatchObject({ speed: 0.3, isSpeedGiven: true });
    expect(parseBuilder('arch=arm64,host=arm64')).toEqual(parseBuilder('arch=arm64'));
    expect(() => parseBuilder('arch=arm64,host=')).toThrow('host= names no architecture');
  });
  it.each([
    ['20GiB*3+40GiB', [40, 20, 20, 20]],
    ['3*20GiB + 40GiB', [40, 20, 20, 20]],
    ['40GiB+1GiB', [40, 1]],
    ['8GiB*2', [8, 8]],
  ])('reads fixed chroots, the largest first: %s', (text, sizes) => {
    expect(parseBuilder(`arch=amd64,ram-disk=${text}`)).toMatchObject({
      ramDiskBytes: sizes.reduce((sum, size) => sum + size, 0) * GIB,
      ramDiskChroots: sizes.map((size) => size * GIB),
    });
  });
  it.each([
    ['', "'' has no '='"],
    ['amd64', "'amd64' has no '='"],
    ['name=x', 'arch= is missing'],
    ['arch=', 'arch= is missing'],
    [
      'arch=amd64,ram=8',
      "'ram' is none of name, arch, host, slots, ram-disk, memory, disk-slots, disk-factor, cores, jobs, speed",
    ],
    ['arch=amd64,', "'' has no '='"],
    ['arch=amd64,name=', "'' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=a b', "'a b' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=$(touch x)', "'$(touch x)' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=-x', "'-x' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,slots=0', 'slots=0 is no number from 1 to 4096'],
    ['arch=amd64,slots=1.5', 'slots=1.5 is no number from 1 to 4096'],
    ['arch=amd64,slots=4097', 'slots=4097 is no number from 1 to 4096'],
    ['arch=amd64,slots=', 'slots= is no number from 1 to 4096'],
    ['arch=amd64,disk-slots=-1', 'disk-slots=-1 is no number from 0 to 4096'],
    ['arch=amd64,slots=2,disk-slots=3', 'disk-slots=3 is more than slots=2'],
    ['arch=amd64,disk-slots=0', 'neither ram-disk= nor disk-slots= leaves a place to build in'],
    ['arch=amd64,cores=0', 'cores=0 is no number from 1 to 4096'],
    ['arch=amd64,cores=4,jobs=2/8', 'jobs=8 is more than cores=4'],
    ['arch=amd64,jobs=-4', 'jobs=-4 is no number from 1 to 4096, nor several such as 1/2/4'],
    ['arch=amd64,jobs=1/', 'jobs=1/ is no number from 1 to 4096, nor several such as 1/2/4'],
    ['arch=amd64,ram-disk=lots', 'ram-disk=lots is no size such as 64GiB'],
    ['arch=amd64,ram-disk=64', 'ram-disk=64 is less than a MiB; did you mean 64GiB?'],
    ['arch=amd64,memory=0GiB', 'memory=0 leaves no room for any build; leave it out for no limit'],
    ['arch=amd64,memory=-1', 'memory=-1 is no size such as 64GiB'],
    [
      'arch=amd64,ram-disk=64GiB,memory=32GiB',
      "ram-disk=64 GiB is more than memory=32 GiB: the RAM disk's pages are memory too",
    ],
    ['arch=amd64,disk-factor=0.5', 'disk-factor=0.5 is no factor from 1 to 1000'],
    ['arch=amd64,speed=0', 'speed=0 is no factor from 0.01 to 100'],
    ['arch=amd64,speed=', 'speed= is no factor from 0.01 to 100'],
    ['arch=amd64,speed=Infinity', 'speed=Infinity is no factor from 0.01 to 100'],
    ['arch=amd64,ram-disk=20GiB*x', 'ram-disk=20GiB*x are no chroots such as 20GiB*3+40GiB'],
    ['arch=amd64,ram-disk=20GiB+', 'ram-disk=20GiB+ are no chroots such as 20GiB*3+40GiB'],
    ['arch=amd64,ram-disk=2*20GiB*3', 'ram-disk=2*20GiB*3 are no chroots such as 20GiB*3+40GiB'],
    ['arch=amd64,ram-disk=20GiB*0', 'ram-disk=20GiB*0 are no chroots such as 20GiB*3+40GiB'],
    ['arch=amd64,ram-disk=20GiB*9999', 'ram-disk=20GiB*9999 are no chroots such as 20GiB*3+40GiB'],
    ['arch=amd64,ram-disk=20*3', 'ram-disk=20*3 are no chroots such as 20GiB*3+40GiB'],
  ])("refuses '%s': %s", (text, problem) => {
    let found: unknown;
    try {
      parseBuilder(text);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(UserError);
    expect(found).toMatchObject({
      diagnostics: [
        {
          code: 'bad-builder',
          severity: 'error',
          message: `builder '${text}': ${problem}`,
          hint: 'a builder looks like --builder name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1',
        },
      ],
    });
  });
  it('calls an entry of a file by its place', () => {
    expect(() => readBuilder(new Map([['arch', '']]), 'builders.yaml:3')).toThrow(
      "builder 'builders.yaml:3': arch= is missing",
    );
  });
});
