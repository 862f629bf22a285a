import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { formatDiagnostics, type DiagnosticTextOptions } from '../../src/emit/diagnostics-text.ts';
import { plainStyle } from '../../src/emit/style.ts';

function format(diagnostics: readonly Diagnostic[], options: Partial<DiagnosticTextOptions> = {}): string {
  return formatDiagnostics(diagnostics, {
    all: false,
    quiet: false,
    paths: new Map(),
    style: plainStyle,
    ...options,
  });
}

function many(count: number, code: string, severity: Diagnostic['severity']): readonly Diagnostic[] {
  return Array.from({ length: count }, (_, index) => ({
    code,
    severity,
    message: `trouble ${String(index + 1)}`,
    hint: 'do better',
  }));
}

describe('formatDiagnostics', () => {
  it('prints severity, message, code, place and hint', () => {
    const diagnostic: Diagnostic = {
      code: 'no-provider',
      severity: 'error',
      message: 'hello_2.10-3/arm64: nothing provides libfoo-dev (>= 2) on arm64',
      location: { file: 'Sources', line: 1204, column: 16 },
      hint: 'candidate: libfoo-dev 1.9-1',
    };
    expect(format([diagnostic])).toBe(
      [
        'error: hello_2.10-3/arm64: nothing provides libfoo-dev (>= 2) on arm64 [no-provider]',
        '  --> Sources:1204:16',
        'hint: candidate: libfoo-dev 1.9-1',
        '',
      ].join('\n'),
    );
  });
  it('prints the path as the user would open it', () => {
    const diagnostic: Diagnostic = {
      code: 'x',
      severity: 'note',
      message: 'm',
      location: { file: 'hello/debian/control', line: 3 },
    };
    const paths = new Map([['hello/debian/control', '../trees/hello/debian/control']]);
    expect(format([diagnostic], { paths })).toBe('note: m [x]\n  --> ../trees/hello/debian/control:3\n');
  });
  it('shows three of a code, counts the rest, and repeats a hint only when it changes', () => {
    const diagnostics = [...many(5, 'a', 'warning'), ...many(3, 'b', 'note'), ...many(4, 'c', 'note')];
    expect(format(diagnostics)).toBe(
      [
        'warning: trouble 1 [a]',
        'warning: trouble 2 [a]',
        'warning: trouble 3 [a]',
        'hint: do better',
        '… and 2 more [a] (--all-warnings)',
        'note: trouble 1 [b]',
        'note: trouble 2 [b]',
        'note: trouble 3 [b]',
        'hint: do better',
        'note: trouble 1 [c]',
        'note: trouble 2 [c]',
        'note: trouble 3 [c]',
        'hint: do better',
        '… and 1 more [c] (--all-warnings)',
        '',
      ].join('\n'),
    );
  });
  it('shows all of a code when asked to', () => {
    const lines = format(many(7, 'a', 'warning'), { all: true }).split('\n');
    expect(lines.filter((line) => line.startsWith('warning:'))).toHaveLength(7);
    expect(lines.join('\n')).not.toContain('more');
  });
  it('prints errors alone when quiet', () => {
    const diagnostics = [...many(1, 'a', 'error'), ...many(1, 'b', 'warning'), ...many(1, 'c', 'note')];
    expect(format(diagnostics, { quiet: true })).toBe('error: trouble 1 [a]\nhint: do better\n');
  });
  it('prints nothing for nothing', () => {
    expect(format([])).toBe('');
  });
  it('marks text by the style, and reads the same without its marks', () => {
    const mark = (text: string): string => `\u001b[1m${text}\u001b[0m`;
    const style = { bold: mark, dim: mark, red: mark, yellow: mark, green: mark, cyan: mark };
    const diagnostics = [...many(4, 'a', 'error'), ...many(1, 'b', 'warning')];
    const marked = format(diagnostics, { style });
    expect(marked).toContain('\u001b[1merror:\u001b[0m');
    expect(marked.replaceAll('\u001b[1m', '').replaceAll('\u001b[0m', '')).toBe(format(diagnostics));
  });
});
