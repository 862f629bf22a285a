import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { dot } from '../../src/emit/drawings/dot.ts';
import { graphml } from '../../src/emit/drawings/graphml.ts';
import { taskSlugs } from '../../src/emit/task-slugs.ts';
import { showControls } from '../../src/emit/visible-controls.ts';
import { PAYLOAD_PLAN } from '../emit/payload-plan.ts';
import { PAYLOADS } from '../emit/payloads.ts';

const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };
const DOT = dot.emit(PAYLOAD_PLAN, OPTIONS)[0]?.content ?? '';
const GRAPHML = graphml.emit(PAYLOAD_PLAN, OPTIONS)[0]?.content ?? '';

function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}

function run(program: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect({ program, status, stderr: stderr.slice(0, 500) }).toMatchObject({ status: 0 });
  return stdout;
}

/** The parts of `dot -Tjson0` that count here. */
const dotJson = z.object({
  objects: z.array(z.object({ name: z.string(), tooltip: z.string() })),
  edges: z.array(z.object({ tail: z.int(), head: z.int(), style: z.string().optional() })),
});

describe.skipIf(!hasProgram('dot'))('Graphviz', () => {
  it('reads a node for each build and an edge for each wait, whatever they are called', () => {
    const { objects, edges } = dotJson.parse(JSON.parse(run('dot', ['-Tdot_json'], DOT)));
    const slugs = taskSlugs(PAYLOAD_PLAN);
    expect(objects.map(({ name }) => name)).toEqual(PAYLOADS.map((id) => slugs.get(id)));
    const waits = edges.filter(({ style }) => style !== 'dashed').map(({ tail, head }) => [tail, head]);
    expect(waits).toEqual(PAYLOADS.slice(1).map((_, index) => [index + 1, index]));
  });

  it('draws a picture that XML reads, in which each id stands as it is', () => {
    const svg = run('dot', ['-Tsvg'], DOT);
    const titles = [...svg.matchAll(/<a xlink:title="([^"]*)">/g)].map(([, title = '']) => decodeXml(title));
    // every second of some blanks comes out as one that does not break
    const shown = titles.map((title) => title.replaceAll('\u00a0', ' '));
    for (const id of PAYLOADS) {
      const expected = showControls(id, '\n').replaceAll('\\', '\u29f5').replaceAll('\u00a0', ' ');
      expect(shown.filter((title) => title.startsWith(`${expected}\n`)).length, id).toBeGreaterThan(0);
    }
    if (hasProgram('xmllint')) run('xmllint', ['--noout', '--nonet', '-'], svg);
  });

  it('reads the GraphML too: graphml2gv', () => {
    const gv = run('graphml2gv', [], GRAPHML);
    const count = 'BEGIN {int n, e} N {n++} E {e++} END {print(n, " ", e)}';
    expect(run('gvpr', [count], gv)).toBe(`${String(PAYLOADS.length)} ${String(2 * PAYLOADS.length - 1)}\n`);
  });
});

describe.skipIf(!hasProgram('xmllint'))('xmllint', () => {
  it('gives every id of the GraphML back', () => {
    const path = '//*[local-name()="data"][@key="node-id"]';
    const found = run('xmllint', ['--nonet', '--xpath', path, '-'], GRAPHML);
    const ids = found.match(/<data[^>]*>[^<]*<\/data>/g) ?? [];
    expect(ids.map((data) => decodeXml(data.replaceAll(/<[^>]*>/g, '')))).toEqual(
      PAYLOADS.map((id) => showControls(id, '\t\n\r')),
    );
  });
});

function decodeXml(text: string): string {
  return text
    .replaceAll(/&#(x?)([0-9a-fA-F]+);/g, (_, isHex: string, digits: string) =>
      String.fromCodePoint(parseInt(digits, isHex === '' ? 10 : 16)),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
