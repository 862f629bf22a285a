import fc from 'fast-check';
import type { Alternatives, Relation } from '../../src/debian/relation.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{0,6}$/);
const version = fc.stringMatching(/^(?:1:)?[0-9][a-z0-9.+~]{0,4}(?:-[0-9a-z~]{1,2})?$/);
const architecture = fc.constantFrom(
  'amd64',
  'arm64',
  'i386',
  'linux-any',
  'any-arm',
  'kfreebsd-any',
  'hurd-i386',
);
const term = fc.constantFrom('!nocheck', 'nocheck', '!stage1', 'cross', '!pkg.linux.nokernel');
const operator = fc.constantFrom('<<' as const, '<=' as const, '=' as const, '>=' as const, '>>' as const);

/** Any relation that is good Debian. */
export const anyRelation: fc.Arbitrary<Relation> = fc.record({
  package: name,
  archQualifier: fc.constantFrom(undefined, undefined, 'any', 'native', 'amd64'),
  version: fc.option(fc.record({ operator, version }), { nil: undefined }),
  architectures: fc.oneof(
    fc.constant([]),
    fc.array(architecture, { minLength: 1, maxLength: 3 }),
    fc.array(
      architecture.map((text) => `!${text}`),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  profiles: fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
});

/** Any group of good relations. */
export const anyAlternatives: fc.Arbitrary<Alternatives> = fc.array(anyRelation, {
  minLength: 1,
  maxLength: 3,
});
