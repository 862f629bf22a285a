import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/**
 * Who may import whom: the direction of the pipe. To add an edge, change this table in the commit that needs it and say
 * why. The files of `src/` itself join the stages and may import them all.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  debian: ['base'],
  parse: ['base', 'debian'],
  archive: ['base', 'debian'],
  // parse: a relation's place in its file is recomputed by the grammar, when somebody asks
  resolve: ['base', 'debian', 'parse', 'archive'],
  graph: ['base', 'debian', 'parse', 'archive', 'resolve'],
  // parse: the entries of a cycle-order file, which are linted, obeyed and written here
  cycles: ['base', 'debian', 'parse', 'archive', 'resolve', 'graph'],
  // parse: what logs, .buildinfo and .changes tell becomes records
  history: ['base', 'debian', 'parse'],
  // history: what builds took is the best estimate of what they will take; dispatch: the make jobs that durations are for
  estimate: ['base', 'debian', 'archive', 'resolve', 'graph', 'history', 'dispatch'],
  // estimate, history: what was estimated is compared with what builds took
  // debian: sources that only a history knows
  accuracy: ['base', 'debian', 'history', 'estimate'],
  // estimate, history: where the figures of a unit come from; dispatch: the make jobs that they are for
  explain: ['base', 'debian', 'archive', 'resolve', 'history', 'estimate', 'dispatch'],
  // parse, history: what is built, by its .dsc, and the record that is made of it
  measure: ['base', 'parse', 'history'],
  dispatch: ['base', 'graph'],
  // plan, history: the tasks that events tell of, and the records that come of them
  journal: ['base', 'history', 'plan'],
  // dispatch: what may start now is the dispatcher's answer; journal: what has become of tasks so far; schedule: the rest is
  // played through
  next: ['base', 'graph', 'dispatch', 'schedule', 'plan', 'journal'],
  // emit: the builder command's template; parse, history, measure: what a build's log and its RAM disk tell; debian: names and
  // versions of the packages that builds leave behind
  run: [
    'base',
    'debian',
    'graph',
    'dispatch',
    'plan',
    'journal',
    'measure',
    'history',
    'parse',
    'emit',
    'io',
  ],
  schedule: ['base', 'graph', 'dispatch'],
  policies: ['base', 'graph', 'dispatch', 'schedule'],
  workers: ['base', 'dispatch', 'schedule'],
  // plan: what is simulated is a plan read back
  simulate: ['base', 'graph', 'dispatch', 'schedule', 'plan', 'policies'],
  plan: ['base', 'debian', 'archive', 'resolve', 'graph', 'cycles', 'estimate', 'dispatch', 'schedule'],
  // simulate: a bench is a grid of simulations; compare: metrics are called, and guarded, as there
  benchmark: ['base', 'dispatch', 'schedule', 'plan', 'policies', 'simulate', 'compare'],
  // two plans, or two architectures of one; schedule: a plan names its own critical chain, not each architecture's
  compare: ['base', 'plan', 'schedule'],
  // dispatch, schedule: why each task starts when it does; compare: the page's section of differences; emit: the sentence of
  // the summary that says what binds
  // benchmark: what was measured of a plan, and how it was before
  report: ['base', 'graph', 'dispatch', 'schedule', 'plan', 'compare', 'benchmark', 'emit'],
  // plan: a host is set up for a plan read back; policies: each setting is scheduled as a plan would be
  advise: ['base', 'graph', 'dispatch', 'schedule', 'plan', 'policies'],
  // archive: the order of StarlingX's layers and build types
  // cycles, graph, resolve, simulate, advise, accuracy, measure and history: their documents get emitted beside the plan
  emit: [
    'base',
    'archive',
    'plan',
    'graph',
    'resolve',
    'cycles',
    'simulate',
    'advise',
    'accuracy',
    'explain',
    'measure',
    'history',
    'compare',
    'benchmark',
    // what is shown while a plan runs, and what may start next
    'journal',
    'next',
  ],
  io: ['base', 'debian', 'parse'],
  // what was typed or stands in settings files → the resolved options of every stage; of `src/` itself only types
  // emit: which formats there are, and the builder command's template
  options: [
    ...['base', 'debian', 'parse', 'archive', 'cycles', 'history', 'estimate', 'dispatch', 'policies'],
    ...['simulate', 'advise', 'accuracy', 'measure', 'emit', 'compare', 'journal', 'next', 'run', 'io'],
    'benchmark',
    ...['analysis.ts', 'check.ts'],
  ],
};

/** Only these touch disk, processes, clock or environment. */
const mayTouchTheWorld: readonly string[] = ['io', 'workers', 'measure', 'run'];

/** Each of these libraries is wrapped in the one place that is named. */
const wrappedIn: Readonly<Record<string, readonly string[]>> = {
  '@dagrejs/graphlib': ['src/graph/to-graphlib.ts'],
  'fast-glob': ['src/io/list-below.ts'],
  fzstd: ['src/io/decompress/zstd.ts'],
  lz4js: ['src/io/decompress/lz4.ts'],
  'seek-bzip': ['src/io/decompress/bzip2.ts'],
  'xz-decompress': ['src/io/decompress/xz.ts'],
  picocolors: ['cli/report.ts'],
  // each document that is published with a JSON Schema has it beside its types
  zod: [
    'src/plan/schema.ts',
    'src/resolve/check-schema.ts',
    'src/cycles/cycles-schema.ts',
    'src/simulate/simulation-schema.ts',
    'src/advise/advice-schema.ts',
    'src/accuracy/accuracy-schema.ts',
    'src/explain/explain-schema.ts',
    'src/emit/formats/order-schema.ts',
    'src/history/history-schema.ts',
    // no document: what a run writes for itself is read back
    'src/run/here/attempt-record-schema.ts',
    'src/options/kept-options-schema.ts',
    'src/compare/comparison-schema.ts',
    'src/benchmark/bench-schema.ts',
    'src/next/next-schema.ts',
    'src/next/state-schema.ts',
    'src/next/follow-schema.ts',
    'src/journal/event-schema.ts',
    'src/journal/run-schema.ts',
  ],
  yargs: ['cli'],
};

/** What would make markup or scripts of texts, or ask a network. */
const PARSES_OR_LOADS =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|eval|fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import)\s*[(=]|\bnew (?:Function|Image|Worker|XMLHttpRequest|WebSocket|EventSource|DOMParser)\b/;

const tsconfig = z.object({
  compilerOptions: z.object({ lib: z.array(z.string()) }),
  exclude: z.array(z.string()),
});

const root = resolve(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(folder: string): readonly Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name).split(sep).join('/'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^'\s]+)'/g);
      return [...found].map(([, target = '']) => ({
        file,
        target: target.startsWith('.')
          ? relative(root, resolve(root, dirname(file), target))
              .split(sep)
              .join('/')
          : target,
      }));
    });
}

/** `src/graph/dag.ts` → `graph`; `src/index.ts` → `index.ts`. */
function stageOf(file: string): string {
  return file.split('/')[1] ?? '';
}

describe('architecture', () => {
  const source = importsOf('src');

  it('has a row for every folder of src', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual(Object.keys(mayImport).sort());
  });

  it('lets a stage import only what lies upstream', () => {
    const wrong = source.filter(({ file, target }) => {
      const stage = stageOf(file);
      const allowed = mayImport[stage];
      if (allowed === undefined || !target.startsWith('src/')) return false;
      return stageOf(target) !== stage && !allowed.includes(stageOf(target));
    });
    expect(wrong).toEqual([]);
  });

  it('has no ring of folders', () => {
    const done = new Set<string>();
    const visit = (stage: string, path: readonly string[]): void => {
      expect(path, [...path, stage].join(' → ')).not.toContain(stage);
      if (done.has(stage)) return;
      for (const next of mayImport[stage] ?? []) visit(next, [...path, stage]);
      done.add(stage);
    };
    for (const stage of Object.keys(mayImport)) visit(stage, []);
  });

  it('has no ring of files', () => {
    const targets = new Map<string, string[]>();
    for (const { file, target } of source) targets.set(file, [...(targets.get(file) ?? []), target]);
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      expect(state.get(file), [...path, file].join(' → ')).toBeUndefined();
      state.set(file, 'open');
      for (const next of targets.get(file) ?? []) if (targets.has(next)) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of targets.keys()) visit(file, []);
  });

  it('touches the world at the ends only', () => {
    const wrong = source.filter(({ file, target }) => {
      const isWorld = target.startsWith('node:') && !['node:path'].includes(target);
      return isWorld && !mayTouchTheWorld.includes(stageOf(file));
    });
    expect(wrong).toEqual([]);
    const texts = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !mayTouchTheWorld.some((stage) => name.startsWith(stage)))
      .filter((name) =>
        /\bprocess\.|Date\.now|new Date\(|Math\.random|\bconsole\./.test(
          // examples in docstrings may show what they like
          readFileSync(join(root, 'src', name), 'utf8').replaceAll(/\/\*\*.*?\*\//gsu, ''),
        ),
      );
    expect(texts).toEqual([]);
  });

  it('keeps the browser to the page of the report, which is bundled by itself and takes no text for markup', () => {
    const page = 'src/report/page/';
    const isOfPage = (file: string): boolean => file.startsWith(page);
    expect(source.filter(({ file, target }) => isOfPage(target) && !isOfPage(file))).toEqual([]);
    // what the page imports is in its bundle: nothing large, nothing of Node
    const alsoBundled = ['base', 'report'];
    const typesOnly = ['benchmark', 'compare', 'plan'];
    const taken = source.filter(({ file, target }) => isOfPage(file) && !isOfPage(target));
    const wrong = taken.filter(({ target }) => ![...alsoBundled, ...typesOnly].includes(stageOf(target)));
    expect(wrong).toEqual([]);
    const { compilerOptions, exclude } = tsconfig.parse(
      JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')),
    );
    expect(compilerOptions.lib.filter((library) => library.startsWith('dom'))).toEqual([]);
    expect(exclude).toContain('src/report/page');
    const texts = readdirSync(join(root, page), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => PARSES_OR_LOADS.test(readFileSync(join(root, page, name), 'utf8')));
    expect(texts).toEqual([]);
  });

  it('wraps each library in one place', () => {
    const wrong = [...source, ...importsOf('cli')].filter(({ file, target }) => {
      const [library, places] =
        Object.entries(wrappedIn).find(([name]) => target === name || target.startsWith(`${name}/`)) ?? [];
      return library !== undefined && places?.some((place) => file.startsWith(place)) !== true;
    });
    expect(wrong).toEqual([]);
  });

  it.each(['cli', 'bench'])('lets %s import src/internal.ts and its own files only', (folder) => {
    const wrong = importsOf(folder).filter(
      ({ target }) => target.startsWith('src/') && target !== 'src/internal.ts',
    );
    expect(wrong).toEqual([]);
  });
});
