import { describe, expect, it } from 'vitest';
import { commandFacts } from '../../src/measure/command-facts.ts';

function facts(command: string, env: Readonly<Record<string, string>> = {}): ReturnType<typeof commandFacts> {
  return commandFacts(command.split(' '), env);
}

describe('a command line', () => {
  it('tells source and version by the name of its .dsc, the architecture and the profiles by its options', () => {
    const env = { DEB_BUILD_OPTIONS: 'parallel=3 nocheck' };
    expect(facts('/usr/bin/sbuild -d bookworm --arch=arm64 -Pstage1,nodoc ../hello_2.10-3.dsc', env)).toEqual(
      {
        tool: 'sbuild',
        dsc: '../hello_2.10-3.dsc',
        source: 'hello',
        version: '2.10-3',
        arch: 'arm64',
        makeJobs: 3,
        profiles: ['nocheck', 'nodoc', 'stage1'],
        makesChroot: true,
      },
    );
  });

  it('tells them also as sbuild takes them by name, with an epoch', () => {
    expect(facts('nice -n 5 sbuild --host arm64 -j 8 g++-x_4:12.2.0-3+b1')).toMatchObject({
      tool: 'sbuild',
      source: 'g++-x',
      version: '4:12.2.0-3+b1',
      arch: 'arm64',
      makeJobs: 8,
    });
  });

  it('is found inside the command of a shell', () => {
    const command = ['su', '-', 'builder', '-c', 'cd out && sbuild -d sid "/src/zlib_1.3-1.dsc"'];
    expect(commandFacts(command, {})).toMatchObject({
      tool: 'sbuild',
      dsc: '/src/zlib_1.3-1.dsc',
      source: 'zlib',
      version: '1.3-1',
      makesChroot: true,
    });
  });

  it('tells nothing where nothing is said, and its environment what it says', () => {
    expect(facts('make -C x all')).toEqual({ tool: 'make', profiles: [], makesChroot: false });
    const env = { DEB_HOST_ARCH: 'armhf', DEB_BUILD_PROFILES: 'nodoc stage1' };
    expect(facts('dpkg-buildpackage -b', env)).toEqual({
      tool: 'dpkg-buildpackage',
      arch: 'armhf',
      profiles: ['nodoc', 'stage1'],
      makesChroot: false,
    });
  });

  it('takes its architecture rather than that of the environment', () => {
    expect(facts('dpkg-buildpackage -aarm64 -j4', { DEB_HOST_ARCH: 'armhf' })).toMatchObject({
      arch: 'arm64',
      makeJobs: 4,
    });
  });
});
