import { analyse, type Analysis, type AnalyseOptions } from './analyse.ts';
import type { Unit } from './archive/unit.ts';
import { compareText } from './base/compare.ts';
import { compareDiagnostics, UserError, type Diagnostic } from './base/diagnostic.ts';
import { nearestName } from './base/nearest-name.ts';
import type { SourcePackage } from './debian/package.ts';
import type { Inputs } from './io/inputs.ts';
import { AptInstaller, type Base } from './resolve/apt-install-set.ts';
import { formatLoss, LossExplainer } from './resolve/explain-loss.ts';
import {
  INSTALL_SET_SCHEMA,
  makeInstallSetDocument,
  type InstallSetAnswer,
} from './resolve/install-set-document.ts';

export interface InstallSetResult {
  readonly answer: InstallSetAnswer;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What gets installed to build one source: from what was read to the answer.
 * @param name a source (`NAME` or `NAME=VERSION`), or a unit's key where several layers or build types have the source
 * @param options for one architecture
 * @throws UserError when the name fits no source, or several units
 */
export function findInstallSet(
  inputs: Inputs,
  name: string,
  options: AnalyseOptions,
  base: Base,
): InstallSetResult {
  const diagnostics: Diagnostic[] = [...inputs.diagnostics];
  const sources = ofVersionAsked(inputs.sources, name);
  // the direct graph costs least; the install set does not need a graph
  const analysis = analyse({ ...inputs, sources }, { ...options, depth: 'direct' }, (diagnostic) =>
    diagnostics.push(diagnostic),
  );
  return { answer: answerFor(analysis, name, base), diagnostics: diagnostics.sort(compareDiagnostics) };
}

function answerFor(analysis: Analysis, name: string, base: Base): InstallSetAnswer {
  const { universe, graph, notForArch } = analysis;
  const unit = findUnit(universe.units, name);
  if (unit === undefined) {
    const idle = notForArch.find(({ source }) => source.name === nameOf(name));
    if (idle === undefined) throw unknownSource(name, universe.units);
    const reason = `it has nothing to build on ${idle.arch}`;
    return { schema: INSTALL_SET_SCHEMA, kind: 'unbuildable', unit: idle.source.name, reason };
  }
  const { installability } = graph;
  if (installability.unitLost[unit.id] !== 0) {
    const loss = new LossExplainer(universe, installability).explain(unit.id);
    const reason = `${loss.field}: ${loss.relation}: ${formatLoss(loss, unit.target.arch)}`;
    return { schema: INSTALL_SET_SCHEMA, kind: 'unbuildable', unit: unit.key, reason };
  }
  const set = new AptInstaller(universe, installability).installFor(unit.id, base);
  return makeInstallSetDocument(universe, unit, base, set);
}

/** All sources, but of the one that is asked for in a version only that version. */
function ofVersionAsked(sources: readonly SourcePackage[], asked: string): readonly SourcePackage[] {
  const cut = asked.indexOf('=');
  if (cut < 0) return sources;
  const version = asked.slice(cut + 1);
  const own = sources.filter((source) => source.name === nameOf(asked));
  if (own.length > 0 && !own.some((source) => source.version === version)) throw unknownVersion(asked, own);
  return sources.filter((source) => source.name !== nameOf(asked) || source.version === version);
}

function nameOf(asked: string): string {
  return asked.replace(/=.*/s, '');
}

function findUnit(units: readonly Unit[], asked: string): Unit | undefined {
  const exact = units.find((unit) => unit.key === asked);
  if (exact !== undefined) return exact;
  const [first, ...others] = units.filter((unit) => unit.source.name === nameOf(asked));
  if (first !== undefined && others.length > 0) throw severalUnits(asked, [first, ...others]);
  return first;
}

function unknownSource(asked: string, units: readonly Unit[]): UserError {
  const near = nearestName(
    nameOf(asked),
    units.map((unit) => unit.source.name),
  );
  return wrong(
    'no-such-source',
    `there is no source package ${asked} in the inputs`,
    near === undefined ? 'debplan graph --format csv lists them' : `did you mean ${near}?`,
  );
}

function unknownVersion(asked: string, known: readonly SourcePackage[]): UserError {
  const versions = known.map((source) => source.version ?? 'unknown').sort(compareText);
  return wrong(
    'no-such-source',
    `there is no source package ${asked} in the inputs`,
    `it is here in version ${[...new Set(versions)].join(', ')}`,
  );
}

function severalUnits(asked: string, units: readonly Unit[]): UserError {
  const keys = units.map((unit) => unit.key).join(', ');
  return wrong('several-units', `${asked} is built more than once: ${keys}`, 'name one of these');
}

function wrong(code: string, message: string, hint: string): UserError {
  return new UserError([{ code, severity: 'error', message, hint }]);
}
