import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** So many tokens that stand twice, word for word, are one piece of code in two places: about ten lines. */
const WINDOW = 80;

const root = join(import.meta.dirname, '..');

/** The tokens of a file without comments and imports, and the line of each. */
interface Tokens {
  readonly file: string;
  readonly texts: readonly string[];
  readonly lines: readonly number[];
}

describe('the code', () => {
  it('says nothing twice that is longer than some ten lines', () => {
    const files = ['src', 'cli', 'bench'].flatMap(tokensBelow);
    expect(files.length).toBeGreaterThan(900);
    expect(findTwins(files)).toEqual([]);
  });

  it('would be found to repeat itself', () => {
    const body = Array.from({ length: 24 }, (_, line) => `  total += weigh(item, ${String(line)});\n`).join(
      '',
    );
    const twins = findTwins([tokensOf('a.ts', `function a() {\n${body}}\n`), tokensOf('b.ts', `\n${body}`)]);
    expect(twins).toEqual(['b.ts:2 says what a.ts:2 says']);
  });
});

function tokensBelow(folder: string): readonly Tokens[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => tokensOf(join(folder, name), readFileSync(join(root, folder, name), 'utf8')));
}

function tokensOf(file: string, text: string): Tokens {
  const scanned = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const texts: string[] = [];
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const children = node.getChildren(scanned);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    if (node.end === node.getStart(scanned)) return;
    texts.push(node.getText(scanned));
    lines.push(scanned.getLineAndCharacterOfPosition(node.getStart(scanned)).line + 1);
  };
  visit(scanned);
  return { file, texts, lines };
}

/** Where windows of tokens stand again, the begin of each run alone. */
function findTwins(files: readonly Tokens[]): readonly string[] {
  const seen = new Map<string, string>();
  const twins: string[] = [];
  for (const { file, texts, lines } of files) {
    let isInTwin = false;
    for (let at = 0; at + WINDOW <= texts.length; at++) {
      const window = texts.slice(at, at + WINDOW).join(' ');
      const place = `${file}:${String(lines[at])}`;
      const first = seen.get(window);
      if (first === undefined) seen.set(window, place);
      else if (!isInTwin) twins.push(`${place} says what ${first} says`);
      isInTwin = first !== undefined;
    }
  }
  return twins;
}
