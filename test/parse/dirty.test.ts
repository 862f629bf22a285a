import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { SourcePackage } from '../../src/debian/package.ts';
import { parseControl } from '../../src/parse/control.ts';
import { parseMetaData } from '../../src/parse/meta-data.ts';
import { parsePackages } from '../../src/parse/packages-index.ts';
import type { ParseContext } from '../../src/parse/parse-context.ts';
import { parseSources } from '../../src/parse/sources-index.ts';
import { collectingContext } from './collect.ts';

const FOLDER = fileURLToPath(new URL('../../fixtures/dirty/', import.meta.url));

/** A case: what it claims, `code line:column` of each diagnostic, sorted, and what is read nevertheless. */
const Case = z.strictObject({
  sentence: z.string(),
  codes: z.array(z.string()),
  reads: z.array(z.string()),
});

describe('dirty input', () => {
  for (const name of readdirSync(FOLDER).sort()) {
    const expected = Case.parse(JSON.parse(readFileSync(`${FOLDER}${name}/case.json`, 'utf8')));
    it(`${name}: ${expected.sentence}`, () => {
      const file = readdirSync(`${FOLDER}${name}`).find((entry) => entry !== 'case.json') ?? '';
      const context = collectingContext();
      const reads = read(file, readFileSync(`${FOLDER}${name}/${file}`, 'utf8'), context);
      expect({ codes: context.diagnostics.map(describeDiagnostic).sort(), reads }).toEqual({
        codes: expected.codes,
        reads: expected.reads,
      });
      for (const diagnostic of context.diagnostics) expectHouseStyle(diagnostic, file);
    });
  }
});

/** The parser goes by the file's name. */
function read(file: string, text: string, context: ParseContext): readonly string[] {
  if (file === 'meta_data.yaml') {
    const { name, version } = parseMetaData(text, file, context.report);
    return [`${String(name)} ${String(version)}`];
  }
  if (file.endsWith('.Packages')) {
    return parsePackages(text, file, context).map(({ name, version }) => `${name} ${version}`);
  }
  if (file !== 'control') return parseSources(text, file, context).map(describeSource);
  const source = parseControl(text, file, context);
  return source === undefined ? [] : [describeSource(source)];
}

function describeSource({ name, binaries }: SourcePackage): string {
  return [`${name}:`, ...binaries.map((binary) => binary.name)].join(' ');
}

function describeDiagnostic({ code, location }: Diagnostic): string {
  const column = location?.column === undefined ? '' : `:${String(location.column)}`;
  return `${code} ${String(location?.line)}${column}`;
}

/** One line, no full stop, no control characters, a hint. */
function expectHouseStyle({ message, hint, location }: Diagnostic, file: string): void {
  expect(location?.file).toBe(file);
  expect(hint).toBeTruthy();
  for (const text of [message, hint ?? '']) expect(text).toMatch(/^[^\p{Cc}]*[^.\p{Cc}]$/u);
}
