import { describe, expect, it } from 'vitest';
import { refuseStrangeLayers } from '../../src/archive/layers.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import type { SourcePackage } from '../../src/debian/package.ts';
import { readTexts, source } from '../support/texts.ts';

function inLayers(...layers: readonly (string | undefined)[]): readonly SourcePackage[] {
  const { sources } = readTexts({ sources: [source('a')] });
  return layers.flatMap((layer) => sources.map((one) => ({ ...one, layer })));
}

describe('refuseStrangeLayers', () => {
  it('refuses a misspelt layer, and names those that there are', () => {
    const sources = inLayers('base', 'runtime', 'apps', undefined);
    expect(() => {
      refuseStrangeLayers(['base', 'rumtime', 'apps'], sources);
    }).toThrow(
      new UserError([
        {
          code: 'no-such-layer',
          severity: 'error',
          message: '--layers rumtime: no source lies in such a layer; there are apps, base, runtime',
          hint: 'did you mean runtime?',
        },
      ]),
    );
  });

  it('takes an order for a part of its tree, and one that leaves layers out', () => {
    refuseStrangeLayers(['base', 'runtime', 'apps'], inLayers('runtime'));
    refuseStrangeLayers(['base'], inLayers('base', 'apps'));
    refuseStrangeLayers([], inLayers(undefined));
  });
});
