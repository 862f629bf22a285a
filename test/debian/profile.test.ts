import { describe, expect, it } from 'vitest';
import { matchesProfiles } from '../../src/debian/profile.ts';

describe('matchesProfiles', () => {
  it.each([
    [[], [], true],
    [[['!nocheck']], [], true],
    [[['!nocheck']], ['nocheck'], false],
    [[['cross']], [], false],
    [[['cross', '!stage1']], ['cross'], true],
    [[['cross', '!stage1']], ['cross', 'stage1'], false],
    [[['!nocheck'], ['!nodoc']], ['nocheck'], true],
    [[['!nocheck'], ['!nodoc']], ['nocheck', 'nodoc'], false],
    [[[]], [], true],
  ])('judges %j with the profiles %j', (formula, active, expected) => {
    expect(matchesProfiles(formula, new Set(active))).toBe(expected);
  });
});
