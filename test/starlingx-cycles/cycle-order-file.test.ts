import { describe, expect, it } from 'vitest';
import { lintCycleOrderFile, writeCycleOrderFile } from '../../src/cycle-order-file.ts';
import { binary, readTexts, source } from '../support/texts.ts';

const ARCHIVE = readTexts({
  sources: [source('a', { 'Build-Depends': 'b' }), source('b', { 'Build-Depends': 'a' })],
  packages: { amd64: [binary('a'), binary('b')] },
});
const OPTIONS = { architectures: ['amd64'], layers: [] };

/** The entries of a written file, without its comments. */
function entries(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('writeCycleOrderFile', () => {
  it('writes a file that the lint has nothing against', () => {
    const { text, diagnostics } = writeCycleOrderFile(ARCHIVE, OPTIONS, 'suite');
    expect(diagnostics).toEqual([]);
    expect(entries(text)).toEqual(['SRC SET: a b', 'BUILD ORDER: a b']);
    expect(text).toContain(
      '# in suite amd64\n# a(s) -b> b(b): built against the existing one\n# back: b(s) -b> a(a)\n',
    );
    expect(lintCycleOrderFile(ARCHIVE, OPTIONS, 'suite', { name: 'new', text })).toEqual({
      findings: [],
      entryCount: 1,
      isClean: true,
    });
  });

  it('follows the orders of another file, and reports what is wrong with it', () => {
    const wishes = { name: 'old', text: 'SRC SET: a b\nBUILD ORDER: b a\nSRC SET: a\nBUILD ODER: a\n' };
    const { text, diagnostics } = writeCycleOrderFile(ARCHIVE, OPTIONS, 'suite', wishes);
    expect(entries(text)).toEqual(['SRC SET: a b', 'BUILD ORDER: b a']);
    expect(diagnostics.map(({ code, location }) => [code, location])).toEqual([
      ['cycle-keyword-misspelt', { file: 'old', line: 4 }],
    ]);
  });
});

describe('lintCycleOrderFile', () => {
  it('tells what the parser and what the lint find, and that something is to be done', () => {
    const file = { name: 'old', text: 'SRC SET: a b`\nBUILD ORDER: a b\n' };
    const { findings, entryCount, isClean } = lintCycleOrderFile(ARCHIVE, OPTIONS, 'suite', file);
    expect(findings.map(({ code }) => code)).toEqual(['cycle-bad-name', 'cycle-set-missing']);
    expect(entryCount).toBe(0);
    expect(isClean).toBe(false);
  });

  it('is content with notes', () => {
    const file = { name: 'old', text: 'SRC SET: a b\nBUILD ORDER: a  b\n' };
    const { findings, isClean } = lintCycleOrderFile(ARCHIVE, OPTIONS, 'suite', file);
    expect(findings.map(({ code }) => code)).toEqual(['cycle-names-wide-gap']);
    expect(isClean).toBe(true);
  });
});
