import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDiagnostics, UserError, type Diagnostic } from '../../src/base/diagnostic.ts';

const SETTINGS = { seed: 1, numRuns: 2000 };
const location = fc.record(
  { file: fc.constantFrom('', 'a', 'b'), line: fc.nat(2), column: fc.nat(2) },
  { requiredKeys: ['file', 'line'] },
);
const diagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  {
    code: fc.constantFrom('x', 'y'),
    severity: fc.constantFrom('error' as const, 'warning' as const, 'note' as const),
    message: fc.constantFrom('m', 'n'),
    location,
  },
  { requiredKeys: ['code', 'severity', 'message'] },
);

describe('compareDiagnostics', () => {
  it('puts errors before warnings before notes, then goes by code, place and message', () => {
    const sorted: readonly Diagnostic[] = [
      { severity: 'error', code: 'z', message: 'm' },
      { severity: 'warning', code: 'a', message: 'm', location: { file: 'f', line: 2 } },
      { severity: 'warning', code: 'a', message: 'm', location: { file: 'f', line: 10 } },
      { severity: 'warning', code: 'a', message: 'm', location: { file: 'f', line: 10, column: 4 } },
      { severity: 'warning', code: 'a', message: 'n', location: { file: 'f', line: 10, column: 4 } },
      { severity: 'warning', code: 'b', message: 'm', location: { file: 'a', line: 1 } },
      { severity: 'note', code: 'a', message: 'm' },
    ];
    expect([...sorted].reverse().sort(compareDiagnostics)).toEqual(sorted);
  });
  it('sorts a list alike in whatever order it comes', () => {
    const lists = fc
      .array(diagnostic, { maxLength: 6 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const text = (list: readonly Diagnostic[]): readonly string[] =>
      [...list].sort(compareDiagnostics).map(({ severity, code, message, location: place }) => {
        return [severity, code, place?.file ?? '', place?.line ?? 0, place?.column ?? 0, message].join(' ');
      });
    fc.assert(
      fc.property(lists, ([list, shuffled]) => {
        expect(text(shuffled)).toEqual(text(list));
      }),
      SETTINGS,
    );
  });
});

describe('UserError', () => {
  it('carries every diagnostic, and their messages as its own', () => {
    const list: readonly Diagnostic[] = [
      { severity: 'error', code: 'x', message: 'one' },
      { severity: 'error', code: 'y', message: 'two' },
    ];
    expect(new UserError(list)).toMatchObject({ diagnostics: list, message: 'one\ntwo', name: 'UserError' });
  });
});
