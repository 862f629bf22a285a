import { describe, expect, it } from 'vitest';
import { formatInstallSet } from '../../src/emit/install-set-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import type { InstallSetDocument } from '../../src/resolve/install-set-document.ts';
import type { AptFault } from '../../src/resolve/search-install-set.ts';

const KIB = 1024;

const set: InstallSetDocument = {
  schema: 'debplan/install-set@1',
  kind: 'install-set',
  unit: 'hello_1.0-1/amd64',
  source: 'hello',
  version: '1.0-1',
  target: { arch: 'amd64', kind: 'any', profiles: [] },
  base: 'apt',
  choice: 'apt',
  packages: [
    {
      package: 'libgreet-dev',
      version: '2.1-1',
      architecture: 'amd64',
      installedBytes: 1536 * KIB,
      downloadBytes: 200 * KIB,
      askedBy: { field: 'Build-Depends', relation: 'libgreet-dev (>= 2) | libhail-dev' },
    },
    {
      package: 'libgreet2',
      version: '2.1-1',
      architecture: 'all',
      installedBytes: 512 * KIB,
      downloadBytes: 100 * KIB,
      askedBy: { package: 'libgreet-dev', field: 'Depends', relation: 'libgreet2 (= 2.1-1)' },
    },
    { package: 'new', askedBy: { package: 'libgreet2', field: 'Pre-Depends', relation: 'new' } },
    { package: 'dash', askedBy: { field: 'Essential', relation: 'dash' } },
  ],
  installedBytes: 2048 * KIB,
  downloadBytes: 300 * KIB,
  unknownSizes: 2,
};

describe('formatInstallSet', () => {
  it('prints a package a row, with who asked for it, and the sums', () => {
    expect(formatInstallSet(set, plainStyle)).toBe(
      [
        'package       version  architecture  installed  download  asked for by',
        'libgreet-dev  2.1-1    amd64           1.5 MiB   200 KiB  Build-Depends: libgreet-dev (>= 2) | libhail-dev',
        'libgreet2     2.1-1    all             512 KiB   100 KiB  libgreet-dev depends on libgreet2 (= 2.1-1)',
        'new           ?        ?                     ?         ?  libgreet2 pre-depends on new',
        'dash          ?        ?                     ?         ?  every build: Essential',
        '',
        'hello_1.0-1/amd64: 4 packages, 2.0 MiB installed, 0.3 MiB to download; 2 of unknown size are not counted',
        '',
      ].join('\n'),
    );
  });

  const faults: readonly (readonly [AptFault, string])[] = [
    [{ packages: ['a', 'b'] }, "apt's first choice holds a conflict (a and b); this set is free of it"],
    [
      { packages: ['a'] },
      "apt's first choice holds a, which Build-Conflicts keep out; this set is free of it",
    ],
    [{ relation: 'a | b' }, "apt's first choice leaves a | b open; this set satisfies it"],
  ];
  it.each(faults)('says what is wrong with the first choice of apt: %j', (fault, line) => {
    const text = formatInstallSet({ ...set, choice: 'search', fault }, plainStyle);
    expect(text.split('\n').slice(-2)).toEqual([line, '']);
  });

  it('gives the reason why there is no set', () => {
    const answer = {
      schema: 'debplan/install-set@1',
      kind: 'unbuildable',
      unit: 'hello',
      reason: 'it has nothing to build on arm64',
    } as const;
    expect(formatInstallSet(answer, plainStyle)).toBe('hello: it has nothing to build on arm64\n');
  });
});
