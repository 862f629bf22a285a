import { analyse, type Archive } from '../../src/analyse.ts';
import type { Analysis, AnalyseOptions } from '../../src/analysis.ts';
import { describeNode, type Universe } from '../../src/archive/universe.ts';
import type { Diagnostic, Report } from '../../src/base/diagnostic.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo, row } from '../../src/base/csr.ts';
import { BREAK_COSTS, type BreakCosts } from '../../src/cycles/break-costs.ts';
import type { SourcePackage } from '../../src/debian/package.ts';
import { formatAlternatives } from '../../src/debian/relation.ts';
import { DIRECT, HARD, LATER, type UnitGraph } from '../../src/graph/unit-graph.ts';
import { parseControl } from '../../src/parse/control.ts';
import { parsePackages } from '../../src/parse/packages-index.ts';
import { RelationTable } from '../../src/parse/relation-table.ts';
import { parseSources } from '../../src/parse/sources-index.ts';

/** Fields of a stanza in Debian's spelling; what is empty is left out. */
export type Fields = Readonly<Record<string, string>>;

/** A control file, and what its changelog and its tree tell. */
export interface ControlText {
  readonly text: string;
  readonly file: string;
  readonly version: string;
  readonly layer?: string | undefined;
  readonly buildType?: string | undefined;
}

/** An archive as texts. */
export interface Texts {
  /** Stanzas of one `Sources` index. */
  readonly sources?: readonly string[];
  readonly controls?: readonly ControlText[];
  /** Architecture → stanzas of its `Packages` index; an architecture without an entry has no index. */
  readonly packages?: Readonly<Record<string, readonly string[]>>;
}

/** A `Sources` stanza; left out: version 1, `Architecture: any`, and one binary with the source's name. */
export function source(name: string, fields: Fields = {}): string {
  return stanza({ Package: name, Version: '1', Architecture: 'any', Binary: name, ...fields });
}

/** A `Packages` stanza; left out: version 1, `Architecture: amd64`, and a source with the binary's name and version. */
export function binary(name: string, fields: Fields = {}): string {
  return stanza({ Package: name, Version: '1', Architecture: 'amd64', ...fields });
}

/** A `debian/control`; left out: version 1. A binary left without `Architecture` is `any`. */
export function control(
  name: string,
  binaries: Readonly<Record<string, Fields>>,
  fields: Fields = {},
  place: Partial<Omit<ControlText, 'text'>> = {},
): ControlText {
  const stanzas = Object.entries(binaries).map(([binaryName, own]) =>
    stanza({ Package: binaryName, Architecture: 'any', ...own }),
  );
  const text = [stanza({ Source: name, ...fields }), ...stanzas].join('\n');
  return { text, file: `${name}/debian/control`, version: '1', ...place };
}

/** Reads texts with the real parsers. */
export function readTexts(texts: Texts): Archive & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const context = { relations: new RelationTable(), report };
  const controls = (texts.controls ?? []).flatMap(({ text, file, ...options }): readonly SourcePackage[] => {
    const found = parseControl(text, file, context, options);
    return found === undefined ? [] : [found];
  });
  const indexes = Object.entries(texts.packages ?? {});
  return {
    sources: [...parseSources((texts.sources ?? []).join('\n'), 'Sources', context), ...controls],
    binaries: indexes.flatMap(([arch, stanzas]) =>
      parsePackages(stanzas.join('\n'), `${arch}.Packages`, context, arch),
    ),
    indexedArchitectures: indexes.map(([arch]) => arch),
    diagnostics,
  };
}

/** Options of an analysis; left out: amd64 alone, Debian's reading, any alternative, the install set. */
export function optionsOf(overrides: Partial<AnalyseOptions> = {}): AnalyseOptions {
  return {
    architectures: ['amd64'],
    allOn: 'amd64',
    profiles: [],
    depth: 'install',
    alternatives: 'any',
    reading: 'debian',
    kind: 'binary',
    buildArch: undefined,
    implicit: ['essential', 'build-essential'],
    waitsForImplicit: false,
    breakCosts: BREAK_COSTS,
    reluctance: undefined,
    rebuildAfterStage: true,
    rebuildStale: false,
    layers: [],
    select: [],
    buildDepsDepth: 0,
    dependentsDepth: 0,
    ...overrides,
  };
}

/** Nothing is built otherwise to open a cycle: only what exists serves. */
export const ONLY_EXISTING: BreakCosts = {
  ...BREAK_COSTS,
  usual: {
    ...BREAK_COSTS.usual,
    profile: Infinity,
    'arch-all-apart': Infinity,
    'staged-build': Infinity,
    'cross-build': Infinity,
  },
};

/** The analysis of texts, with everything that was reported on the way. */
export function analyseTexts(
  texts: Texts,
  overrides: Partial<AnalyseOptions> = {},
): Analysis & { readonly diagnostics: readonly Diagnostic[] } {
  const { diagnostics, ...archive } = readTexts(texts);
  const reported = [...diagnostics];
  const analysis = analyse(archive, optionsOf(overrides), (diagnostic) => reported.push(diagnostic));
  return { ...analysis, diagnostics: reported };
}

/** Every edge as `a_1/amd64 → b_1/amd64 hard direct`, self-needs included, sorted by unit. */
export function edgeLines(graph: UnitGraph): readonly string[] {
  const { units } = graph.universe;
  return units.flatMap((unit) => {
    const lines: string[] = graph.needsItself[unit.id] === 1 ? [`${unit.key} → ${unit.key} hard`] : [];
    for (let edge = edgesFrom(graph.needs, unit.id); edge < edgesTo(graph.needs, unit.id); edge++) {
      const flags = at(graph.edgeFlags, edge);
      const words = [
        (flags & HARD) === 0 ? 'soft' : 'hard',
        ...((flags & DIRECT) === 0 ? [] : ['direct']),
        ...((flags & LATER) === 0 ? [] : ['later']),
      ];
      lines.push(`${unit.key} → ${at(units, at(graph.needs.target, edge)).key} ${words.join(' ')}`);
    }
    return lines;
  });
}

/** What satisfies each build dependency of a unit, the preferred one first: `a (>= 2) → a 2 by s_2/amd64, a 3`. */
export function candidateLines(universe: Universe, key: string): readonly string[] {
  const unit = universe.units.find((candidate) => candidate.key === key);
  if (unit === undefined) throw new Error(`no unit ${key}`);
  return [...row(universe.unitClauses, unit.id)].map((clause) => {
    const nodes = [...row(universe.clauses.candidates, clause)].map((node) => {
      const producer = at(universe.nodes.producer, node);
      const by = producer < 0 ? '' : ` by ${at(universe.units, producer).key}`;
      return `${describeNode(universe, node)}${by}`;
    });
    return `${formatAlternatives(at(universe.clauses.alternatives, clause))} → ${nodes.join(', ')}`;
  });
}

/** Keys of the units that are built, in order. */
export function builtKeys(graph: UnitGraph): readonly string[] {
  return graph.universe.units
    .filter((unit) => graph.installability.unitBuilt[unit.id] === 1)
    .map((unit) => unit.key);
}

/** Each diagnostic as `code: message`. */
export function reports(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

function stanza(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
