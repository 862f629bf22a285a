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
      memoryBytes: 96 * GIB,
      makeJobs: 4,
      speed: 1.5,
    };
    expect(parseBuilder('name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96G,jobs=4,speed=1.5')).toEqual(
      expected,
    );
    expect(
      parseBuilder(' speed = 1.5 , jobs=4,memory=96 GB,ram-disk=64 g,slots= 8,arch=amd64, name=x86-1'),
    ).toEqual(expected);
  });
  it('needs the architecture alone', () => {
    expect(parseBuilder('arch=arm64')).toEqual({
      name: 'arm64',
      arch: 'arm64',
      slots: 1,
      ramDiskBytes: 0,
      memoryBytes: Infinity,
      makeJobs: 1,
      speed: 1,
    });
  });
  it.each([
    ['', "'' has no '='"],
    ['amd64', "'amd64' has no '='"],
    ['name=x', 'arch= is missing'],
    ['arch=', 'arch= is missing'],
    ['arch=amd64,cores=8', "'cores' is none of name, arch, slots, ram-disk, memory, jobs, speed"],
    ['arch=amd64,', "'' has no '='"],
    ['arch=amd64,name=', "'' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=a b', "'a b' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=$(touch x)', "'$(touch x)' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,name=-x', "'-x' is no builder name: letters, digits, '.', '_' and '-'"],
    ['arch=amd64,slots=0', 'slots=0 is no number from 1 to 4096'],
    ['arch=amd64,slots=1.5', 'slots=1.5 is no number from 1 to 4096'],
    ['arch=amd64,slots=4097', 'slots=4097 is no number from 1 to 4096'],
    ['arch=amd64,slots=', 'slots= is no number from 1 to 4096'],
    ['arch=amd64,jobs=-4', 'jobs=-4 is no number from 1 to 4096'],
    ['arch=amd64,ram-disk=lots', 'ram-disk=lots is no size such as 64GiB'],
    ['arch=amd64,memory=-1', 'memory=-1 is no size such as 64GiB'],
    ['arch=amd64,speed=0', 'speed=0 is no factor from 0.01 to 100'],
    ['arch=amd64,speed=', 'speed= is no factor from 0.01 to 100'],
    ['arch=amd64,speed=Infinity', 'speed=Infinity is no factor from 0.01 to 100'],
    [
      'arch=amd64,ram-disk=20GiB*3+40GiB',
      "ram-disk=20GiB*3+40GiB: chroots of fixed sizes can't be planned yet; give the sum as one budget",
    ],
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
