import { json as graphlibJson } from '@dagrejs/graphlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { at } from '../../../src/base/column.ts';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { dot } from '../../../src/emit/drawings/dot.ts';
import { graphlib } from '../../../src/emit/drawings/graphlib.ts';
import { graphml } from '../../../src/emit/drawings/graphml.ts';
import { MERMAID_LIMITS, mermaid } from '../../../src/emit/drawings/mermaid.ts';
import { selectPlan } from '../../../src/emit/drawings/select-plan.ts';
import type { Emitter } from '../../../src/emit/emitter.ts';
import { makePlanGraph } from '../../../src/emit/plan-graph.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import { showControls } from '../../../src/emit/visible-controls.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { PAYLOADS } from '../payloads.ts';
import { emptyPlan, planTask } from '../small-plan.ts';

const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

function contentOf(emitter: Emitter, plan: Plan): string {
  return emitter.emit(plan, OPTIONS)[0]?.content ?? '';
}

/** Builds by name, each with what it needs; one second each, one after the other. */
function planOf(needs: Readonly<Record<string, readonly string[]>>, more: Partial<Plan> = {}): Plan {
  const id = (name: string): string => `${name}_1/amd64`;
  const tasks = Object.entries(needs).map(([source, own], index) =>
    planTask({ id: id(source), source, version: '1', startMs: index * 1000, needs: own.map(id).sort() }),
  );
  const target = { arch: 'amd64', kind: 'any', profiles: [] } as const;
  return { ...emptyPlan([{ target, tasks }]), ...more };
}

const DIAMOND = { a: [], b: ['a'], c: ['a'], d: ['a', 'b', 'c'] };
const BREAK = { from: 'a_1/amd64', to: 'd_1/amd64', kind: 'existing-binary', reason: 'why "a"' } as const;

describe('the graph of a plan', () => {
  it('has the edges alone that say something new, and the breaks between builds that are in it', () => {
    const gone = { ...BREAK, to: 'gone_1/amd64' };
    const graph = makePlanGraph(planOf(DIAMOND, { breaks: [BREAK, gone] }));
    expect(graph.needs.map(({ from, to }) => [from, to])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [3, 2],
    ]);
    expect(graph.breaks).toEqual([{ from: 0, to: 3, about: BREAK }]);
    expect(graph.nodes.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd']);
  });
});

/** The attributes of a statement, as Graphviz shows them: escapes and HTML's entities undone. */
function shownIn(statement: string): ReadonlyMap<string, string> {
  const attributes = statement.matchAll(/(\w+)="((?:\\.|[^"\\])*)"/gs);
  return new Map(
    [...attributes].map(([, name = '', value = '']) => [
      name,
      value
        .replaceAll(/\\(["\\n])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
        .replaceAll('&amp;', '&'),
    ]),
  );
}

describe('dot', () => {
  it('calls nodes by plain names, and shows every id as it is', () => {
    const statements = contentOf(dot, PAYLOAD_PLAN).split('\n').slice(5, -2);
    const slugs = taskSlugs(PAYLOAD_PLAN);
    for (const [index, id] of PAYLOADS.entries()) {
      const statement = at(statements, index);
      expect(statement.replaceAll(/"(?:\\.|[^"\\])*"/gs, 'X')).toMatch(
        /^ {2}X \[[a-z]+=[Xred]+(?:, [a-z]+=[Xred2]+)*\];$/,
      );
      expect(statement.startsWith(`  "${slugs.get(id) ?? ''}" [`)).toBe(true);
      const tooltip = shownIn(statement).get('tooltip') ?? '';
      const shown = showControls(id, '\n').replaceAll('\\', '\u29f5');
      expect(tooltip.startsWith(`${shown}\n`)).toBe(true);
    }
    const edges = statements.slice(PAYLOADS.length);
    expect(edges).toHaveLength(2 * PAYLOADS.length - 1);
    for (const edge of edges.slice(PAYLOADS.length - 1))
      expect(edge.replaceAll(/"(?:\\.|[^"\\])*"/gs, 'X')).toBe(
        '  X -> X [style=dashed, constraint=false, tooltip=X];',
      );
  });
});

describe('graphml', () => {
  it('is well-formed and gives every id back', () => {
    const text = contentOf(graphml, PAYLOAD_PLAN);
    // no text of the plan opens, closes or refers to anything
    expect(text.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|#13);)/);
    expect(
      [...text.matchAll(/<data key="node-id">([^<]*)<\/data>/g)].map(([, value = '']) => decodeXml(value)),
    ).toEqual(PAYLOADS.map((id) => showControls(id, '\t\n\r')));
    expect(text.match(/<edge /g)).toHaveLength(2 * PAYLOADS.length - 1);
  });
});

function decodeXml(text: string): string {
  return text
    .replaceAll('&#13;', '\r')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function readGraphlib(text: string): ReturnType<typeof graphlibJson.read> {
  return graphlibJson.read(jsonGraph.parse(JSON.parse(text)));
}

/** What graphlib's own types want. */
const jsonGraph = z.object({
  options: z.object({ directed: z.boolean(), multigraph: z.boolean(), compound: z.boolean() }),
  nodes: z.array(z.object({ v: z.string(), value: z.unknown() })),
  edges: z.array(
    z.object({ v: z.string(), w: z.string(), name: z.exactOptional(z.string()), value: z.unknown() }),
  ),
});

describe('graphlib', () => {
  it('is read by graphlib itself: nodes by id with their tasks, needs and breaks', () => {
    const graph = readGraphlib(contentOf(graphlib, PAYLOAD_PLAN));
    // as keys of its plain objects graphlib can't have what these have already
    const nameOf = (id: string): string => (id in {} ? `${id} ` : id);
    expect(graph.nodes()).toEqual(PAYLOADS.map(nameOf));
    expect(graph.isDirected()).toBe(true);
    for (const [index, id] of PAYLOADS.entries()) {
      const name = nameOf(id);
      expect(graph.node(name)).toMatchObject({ id, source: id });
      expect(graph.successors(name)?.filter((to) => to !== name)).toEqual(
        PAYLOADS.slice(Math.max(0, index - 1), index).map(nameOf),
      );
      expect(graph.edge(name, name, 'existing-binary')).toMatchObject({
        isWaitedFor: false,
        break: { reason: id },
      });
    }
  });
});

describe('mermaid', () => {
  const edgesOf = (text: string): readonly string[] =>
    text.split('\n').filter((line) => /^ {2}t\d+ -/.test(line));

  it('draws arrows to what is waited for', () => {
    expect(contentOf(mermaid, planOf(DIAMOND)).split('\n').slice(0, 10)).toEqual([
      'flowchart RL',
      '%% an arrow leads from a build to what it waits for',
      '  t0["a<br>1s"]',
      '  t1["b<br>1s"]',
      '  t2["c<br>1s"]',
      '  t3["d<br>1s"]',
      '  t1 --> t0',
      '  t2 --> t0',
      '  t3 --> t1',
      '  t3 --> t2',
    ]);
  });

  it('shows labels in letters, digits, dots and dashes, all else as numbers', () => {
    const lines = contentOf(mermaid, PAYLOAD_PLAN).split('\n');
    const labels = lines.flatMap((line) => /^ {2}t\d+\["(.*)<br>1s"\]$/.exec(line)?.[1] ?? []);
    const nodes = makePlanGraph(PAYLOAD_PLAN).nodes;
    expect(
      labels.map((label) =>
        label.replaceAll(/#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point))),
      ),
    ).toEqual(
      nodes.map(({ label }) => showControls(label).replaceAll('\\', '\u29f5').replaceAll('\u0085', '\ufffd')),
    );
    for (const label of labels) expect(label).toMatch(/^(?:[A-Za-z0-9/.-]|#\d+;)+$/);
    const others = lines.filter((line) => !/^ {2}t\d+(?:\[".*"\]| --> t\d+)$/.test(line));
    expect(others.slice(0, -4)).toEqual([
      'flowchart RL',
      '%% an arrow leads from a build to what it waits for',
    ]);
  });

  it('of a plan that is too large shows as much as Mermaid draws, the longest chains first', () => {
    const layers = 40;
    const width = 30;
    const needs: Record<string, string[]> = {};
    for (let layer = 0; layer < layers; layer++) {
      for (let place = 0; place < width; place++) {
        const own =
          layer === 0 ? [] : [place, (place + 1) % width].map((to) => `p${String(layer - 1)}x${String(to)}`);
        needs[`p${String(layer)}x${String(place)}`] = own;
      }
    }
    const alone = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`alone${String(index)}`, []]));
    const text = contentOf(mermaid, planOf({ ...alone, ...needs }));
    expect(text.length).toBeLessThanOrEqual(MERMAID_LIMITS.characters);
    const edges = edgesOf(text);
    expect(edges.length).toBeLessThanOrEqual(MERMAID_LIMITS.edges);
    expect(edges.length).toBeGreaterThan(MERMAID_LIMITS.edges * 0.9);
    expect(text).not.toContain('"alone');
    const shown = [...text.matchAll(/^ {2}t\d+\["/gm)].length;
    const left = layers * width + 50 - shown;
    expect(text).toContain(`%% ${String(left)} of ${String(layers * width + 50)} builds are not shown`);
    expect(text).toContain(`["${String(left)} more builds are not shown"]`);
  });

  it('draws a wait by way of builds that are not shown dotted', () => {
    const pairs = Array.from({ length: 501 }, (_, index): readonly [string, readonly string[]][] => [
      [`a${String(index)}`, []],
      [`b${String(index)}`, [`a${String(index)}`]],
    ]).flat();
    const plan = planOf({ first: [], short: ['first'], last: ['short'], ...Object.fromEntries(pairs) });
    const targets = plan.targets.map(({ target, tasks }) => ({
      target,
      tasks: tasks.map((task) => ({
        ...task,
        durationMs: /^[ab]\d/.test(task.source) ? 60_000 : 1000,
        critical: task.source === 'first' || task.source === 'last',
      })),
    }));
    const text = contentOf(mermaid, { ...plan, targets });
    expect(text).not.toContain('"short');
    expect(edgesOf(text).filter((edge) => edge.includes('-.->'))).toEqual(['  t2 -.-> t0']);
  });
});

describe('a part of a plan', () => {
  const chain = planOf({ a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d'] }, { breaks: [BREAK] });
  const idsOf = (names: readonly string[], depth: number): readonly string[] => {
    const part = selectPlan(chain, names, depth);
    return part.kind === 'plan'
      ? part.plan.targets.flatMap(({ tasks }) => tasks.map(({ source }) => source))
      : [];
  };

  it('is what is named and its neighbours so many steps away, upstream and downstream', () => {
    expect(idsOf(['c'], 0)).toEqual(['c']);
    expect(idsOf(['c'], 1)).toEqual(['b', 'c', 'd']);
    expect(idsOf(['a_1/amd64', 'e'], 1)).toEqual(['a', 'b', 'd', 'e']);
    expect(idsOf(['c'], 9)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('has needs and breaks among its own alone, needs also by way of what it is without', () => {
    const part = selectPlan(chain, ['a', 'd'], 0);
    const plan = part.kind === 'plan' ? part.plan : undefined;
    expect(plan?.breaks).toEqual([BREAK]);
    expect(plan?.targets.flatMap(({ tasks }) => tasks.map(({ needs }) => needs))).toEqual([
      [],
      ['a_1/amd64'],
    ]);
  });

  it('of an unknown name is none, and the name that is near is told', () => {
    const named = planOf({ openssl: [] });
    expect(selectPlan(named, ['opensl'], 1)).toEqual({ kind: 'unknown', name: 'opensl', near: 'openssl' });
  });
});
