import { describe, expect, it } from 'vitest';
import { binary, analyseTexts, reports, source } from '../support/texts.ts';

describe('active build profiles', () => {
  const warnings = (profile: string, relations = ''): readonly string[] => {
    const sources = [source('a', { 'Build-Depends': relations })];
    const { diagnostics } = analyseTexts(
      { sources, packages: { amd64: [binary('x')] } },
      { profiles: [profile] },
    );
    return [...reports(diagnostics), ...diagnostics.map(({ hint }) => hint ?? '')];
  };
  it('are warned of when neither Debian nor any relation knows them', () => {
    expect(warnings('nochek')).toEqual([
      'unknown-profile: --profiles nochek: no relation of the inputs names this build profile, nor does Debian know it',
      'did you mean nocheck?',
    ]);
  });
  it('pass when Debian knows them, or a relation names them', () => {
    expect(warnings('nodoc')).toEqual([]);
    expect(warnings('pkg.a.small')).toEqual([]);
    expect(warnings('nostuff', 'x <!nostuff>')).toEqual([]);
  });
});
