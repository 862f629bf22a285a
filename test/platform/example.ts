import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Analysis } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { makeGraphDocument, type GraphEdge } from '../../src/graph/graph-document.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import {
  parsePackagesOption,
  resolveAnalyseOptions,
  type RawOptions,
} from '../../src/options/analyse-options.ts';
import { planBuild } from '../../src/pipeline.ts';
import { readPlanSettings, withSettings } from '../../src/options/plan-settings.ts';
import type { Plan, PlanBreak, PlanTask, PlanUnbuildable } from '../../src/plan/plan.ts';
import { InstallSetWalker } from '../../src/resolve/install-set-walker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MACHINE = { arch: 'amd64', cpus: 4, memoryBytes: 2 ** 34 };

/** The words of `npm start`, from `plan` on. */
function startCommand(): readonly string[] {
  const manifest = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')));
  return manifest.scripts.start.split(' ').slice(3);
}

/** All values of an option of `npm start`. */
function valuesOf(name: string): readonly string[] {
  const words = startCommand();
  return words.flatMap((word, index) => (words[index - 1] === name ? [word] : []));
}

/** What a plan of the example says, by names of sources. */
export class Example {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  readonly edges: readonly GraphEdge[];
  readonly #analysis: Analysis;

  constructor(plan: Plan, analysis: Analysis, diagnostics: readonly Diagnostic[]) {
    this.plan = plan;
    this.diagnostics = diagnostics;
    this.edges = makeGraphDocument(analysis.graph).edges;
    this.#analysis = analysis;
  }

  /** Every task, by start. */
  get tasks(): readonly PlanTask[] {
    return this.plan.targets.flatMap(({ tasks }) => tasks).sort((a, b) => a.startMs - b.startMs);
  }

  /** The task of a source on an architecture, or `all`; undefined when the plan has none. */
  task(source: string, place = 'amd64', buildType = 'std'): PlanTask | undefined {
    return this.tasks.find(
      (task) => task.source === source && task.buildType === buildType && task.id.endsWith(`/${place}`),
    );
  }

  /** The edge between two sources; `from` on an architecture, `to` there or `all`. */
  edge(from: string, to: string, place = 'amd64'): GraphEdge | undefined {
    return this.edges.find(
      (edge) => isUnit(edge.from, from, place) && (isUnit(edge.to, to, place) || isUnit(edge.to, to, 'all')),
    );
  }

  /** Sources that a source waits for, sorted. */
  needs(from: string, place = 'amd64', buildType = 'std'): readonly string[] {
    const found = this.edges.filter((edge) => isUnit(edge.from, from, place, buildType));
    return [...new Set(found.map((edge) => nameOf(edge.to)))].sort();
  }

  breaks(place: string): readonly PlanBreak[] {
    return this.plan.breaks.filter(({ from }) => from.endsWith(`/${place}`));
  }

  /** What is left out on an architecture: kind by source. */
  leftOut(arch: string): ReadonlyMap<string, PlanUnbuildable['kind']> {
    const here = this.plan.unbuildable.filter((entry) => entry.arch === arch);
    return new Map(here.map(({ source, kind }) => [source, kind]));
  }

  /** Why a source is left out on an architecture. */
  reason(source: string, arch: string): string | undefined {
    return this.plan.unbuildable.find((entry) => entry.source === source && entry.arch === arch)?.reason;
  }

  /** The binaries that get installed to build a source. */
  installSet(source: string, place = 'amd64'): ReadonlySet<string> {
    const { universe, graph } = this.#analysis;
    const unit = universe.units.find(({ key }) => isUnit(key, source, place));
    if (unit === undefined) throw new Error(`no unit ${source}/${place}`);
    const walker = new InstallSetWalker(universe, graph.installability, graph.chosen);
    const size = walker.walkUnit(unit.id);
    return new Set(
      [...walker.clauses.subarray(0, size)].map((clause) =>
        at(universe.nodes.name, at(walker.chosen, clause)),
      ),
    );
  }
}

function isUnit(key: string, source: string, place: string, buildType = 'std'): boolean {
  return key.includes(`/${buildType}/${source}_`) && key.endsWith(`/${place}`);
}

/** The source of a unit's key. */
export function nameOf(key: string): string {
  return /([^/]+)_[^/]+\/[^/]+$/.exec(key)?.[1] ?? key;
}

let inputs: Promise<Inputs> | undefined;

/** Plans the example as `npm start` does, with some options changed. */
export async function planExample(changed: Partial<RawOptions> = {}): Promise<Example> {
  const [tree = ''] = startCommand();
  const commas = (name: string): readonly string[] => valuesOf(name).flatMap((value) => value.split(','));
  const options = resolveAnalyseOptions(
    { arch: commas('--arch'), layers: commas('--layers'), ...changed },
    MACHINE,
  );
  inputs ??= readInputs({
    paths: [ROOT + tree],
    packages: valuesOf('--packages').map((path) => parsePackagesOption(ROOT + path)),
    apt: false,
    architectures: commas('--arch'),
    suite: undefined,
  });
  const settings = await readPlanSettings(
    { builder: valuesOf('--builder'), estimates: valuesOf('--estimates').map((path) => ROOT + path)[0] },
    options.architectures,
    MACHINE,
  );
  const { plan, analysis, diagnostics } = planBuild(withSettings(await inputs, settings), {
    ...options,
    ...settings,
  });
  return new Example(plan, analysis, diagnostics);
}
