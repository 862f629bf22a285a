import { describe, expect, it } from 'vitest';
import { parseAptSizes } from '../../../src/parse/logs/apt-sizes.ts';

describe('parseAptSizes', () => {
  it.each([
    ['Need to get 58.2 MB of archives.', { downloadBytes: 58_200_000 }],
    ['Need to get 58,2 MB of archives.', { downloadBytes: 58_200_000 }],
    ['Need to get 1,234 kB/5,678 kB of archives.', { downloadBytes: 1_234_000 }],
    ['Need to get 0 B/65.0 MB of archives.', { downloadBytes: 0 }],
    ['Need to get 1,234.5 MB of archives.', { downloadBytes: 1_234_500_000 }],
    ['Need to get 1.234,5 MB of archives.', { downloadBytes: 1_234_500_000 }],
    ['Need to get 1.234 MB of archives.', { downloadBytes: 1_234_000 }],
    ['Need to get 5840 MB of archives.', { downloadBytes: 5_840_000_000 }],
    ['  Download size: 58.2 MB', { downloadBytes: 58_200_000 }],
    ['After this operation, 222 MB of additional disk space will be used.', { dependsBytes: 222_000_000 }],
    ['  Space needed: 222 MB / 5840 MB available', { dependsBytes: 222_000_000 }],
    ['After unpacking 222MB of additional disk space will be used.', { dependsBytes: 222_000_000 }],
    ['After unpacking 222MB will be used.', { dependsBytes: 222_000_000 }],
    [
      'Need to get 58.2MB of archives. After unpacking 222MB will be used.',
      { downloadBytes: 58_200_000, dependsBytes: 222_000_000 },
    ],
    [
      'Need to get 0B/58.2MB of archives. After unpacking 222MB will be used.',
      { downloadBytes: 0, dependsBytes: 222_000_000 },
    ],
  ])('reads %s', (line, sizes) => {
    expect(parseAptSizes(line)).toEqual(sizes);
  });

  it.each([
    'Need to get 1.2.3 MB of archives.',
    'Need to get 1,23,4 MB of archives.',
    'Need to get . MB of archives.',
    'After this operation, 1,024 kB disk space will be freed.',
    'After unpacking 222MB will be freed.',
    'I: Need to get 5 MB of archives.',
  ])('takes no size from %s', (line) => {
    expect(parseAptSizes(line)).toBeUndefined();
  });
});
