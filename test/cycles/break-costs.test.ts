import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { parseBreakCosts } from '../../src/cycles/parse-break-costs.ts';
import { reportUnknownCosts } from '../../src/cycles/unknown-costs.ts';
import { readTexts } from '../support/texts.ts';

const SOURCES = `Package: qemu
Version: 1
Architecture: any
Build-Depends: librbd-dev <!pkg.qemu.small>
Package-List: qemu deb misc optional arch=any
`;

function warningsOf(costs: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { sources } = readTexts({ sources: [SOURCES] });
  reportUnknownCosts(sources, parseBreakCosts(costs, 'costs.yaml'), (diagnostic) => found.push(diagnostic));
  return found;
}

describe('a file of break costs', () => {
  it('sets the costs of strategies, profiles, sources and relations', () => {
    const { usual, profiles, sources } = parseBreakCosts(
      'stale: 0\nprofiles: {nodoc: never}\nsources:\n  qemu:\n    existing-binary: 40\n    relations: {librbd-dev: 1.5}\n',
      'costs.yaml',
    );
    expect(usual.stale).toBe(0);
    expect(profiles).toEqual(new Map([['nodoc', Infinity]]));
    expect(sources.get('qemu')).toEqual({
      strategies: new Map([['existing-binary', 40]]),
      relations: new Map([['librbd-dev', 1.5]]),
    });
  });

  it('says nothing where all names are among the inputs, or known to Debian', () => {
    const costs =
      'profiles: {nodoc: 3, pkg.qemu.small: 4}\nsources: {qemu: {profile: 1, relations: {librbd-dev: 2}}}\n';
    expect(warningsOf(costs)).toEqual([]);
  });

  it('warns of misspelt names with their lines', () => {
    const costs = `profiles:
  nodoc: 3
  nodocs: 3
sources:
  qemo:
    profile: never
    relations: {librbd: 3}
  qemu:
    staged-build: never
    relations:
      librdb-dev: 2
`;
    const found = warningsOf(costs).map(({ message, location, hint }) => ({ message, location, hint }));
    const message = (what: string): string =>
      `--break-cost has a cost for the ${what}, which is not among the inputs`;
    expect(found).toEqual([
      {
        message: message('build profile nodocs'),
        location: { file: 'costs.yaml', line: 3, column: 3 },
        hint: 'did you mean nodoc?',
      },
      {
        message: message('source qemo'),
        location: { file: 'costs.yaml', line: 5, column: 3 },
        hint: 'did you mean qemu?',
      },
      {
        message: message('build dependency of qemu on librdb-dev'),
        location: { file: 'costs.yaml', line: 11, column: 7 },
        hint: 'did you mean librbd-dev?',
      },
    ]);
  });
});
