import { describe, expect, it } from 'vitest';
import { labelPaths } from '../../src/io/labels.ts';

describe('labelPaths', () => {
  it.each<{ claim: string; paths: string[]; labels: string[] }>([
    { claim: 'names a path by its last part', paths: ['/a/b/trixie.Sources'], labels: ['trixie.Sources'] },
    {
      claim: 'prefixes parents until equal names differ',
      paths: ['/u/x/lists/Sources', '/u/y/lists/Sources', '/u/other'],
      labels: ['x/lists/Sources', 'y/lists/Sources', 'other'],
    },
    {
      claim: 'prefixes a name that another begins with, as files below could be called alike',
      paths: ['/x/a', '/y/a/b', '/z/b'],
      labels: ['x/a', 'y/a/b', 'z/b'],
    },
    { claim: 'stops at the root of the file system', paths: ['/a', '/b/a'], labels: ['a', 'b/a'] },
    { claim: 'gives the root itself no name', paths: ['/'], labels: [''] },
  ])('$claim', ({ paths, labels }) => {
    expect(labelPaths(paths)).toEqual(labels);
  });
});
