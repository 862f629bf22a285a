import { describe, expect, it } from 'vitest';
import { sniffText } from '../../src/parse/sniff.ts';

describe('sniffText', () => {
  it.each([
    ['control', '# comment\n\nsource: hello\nBuild-Depends: a\n\nPackage: hello\nArchitecture: any\n'],
    ['control', 'Source: hello\nStandards-Version: 4\n'],
    ['dsc', 'Format: 3.0 (quilt)\nSource: hello\nVersion: 1\nFiles:\n a 1 b\n'],
    ['dsc', '-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\nFormat: 1.0\nSource: hello\nVersion: 1\n'],
    ['sources', 'Package: hello\nVersion: 1\nBinary: hello\nArchitecture: any\nDirectory: x\n'],
    ['sources', 'Package: hello\nVersion: 1\nArchitecture: any\n'],
    ['sources', 'Package: hello\nVersion: 1\nArchitecture: all amd64\n'],
    ['sources', 'Package: a\nVersion: 1\nArchitecture: all\n\nPackage: b\nVersion: 1\nBuild-Depends: c\n'],
    ['sources', 'Package: a\nVersion: 1\nArchitecture: all\nX-Stx-Control: unknown\n'],
    ['packages', 'Package: hello\nVersion: 1\nArchitecture: amd64\nFilename: x\n'],
    ['packages', 'Package: hello\nVersion: 1\nArchitecture: all\nDepends: a\n'],
    [
      'packages',
      'Package: hello\nVersion: 1\nArchitecture: amd64\n\nPackage: b\nVersion: 1\nArchitecture: all\n',
    ],
    ['packages', 'Package: hello\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n'],
    ['unknown', 'Format: 1.8\nSource: hello\nVersion: 1\nDistribution: sid\nChanges:\n x\nFiles:\n a\n'],
    ['unknown', 'Format: 1.0\nSource: hello\nVersion: 1\nBuild-Architecture: amd64\n'],
    ['unknown', 'Tests: smoke\nDepends: a\n'],
    ['unknown', 'Package: hello\nArchitecture: any\n'],
    ['unknown', 'debver: 1.0\ndebname: hello\n'],
    ['unknown', ''],
    ['unknown', '\u001f\u008b\0\0'],
    ['unknown', '#!/bin/sh\necho hello\n'],
  ] as const)('takes as %s: %j', (kind, text) => {
    expect(sniffText(text)).toBe(kind);
  });
});
