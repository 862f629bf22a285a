import { chooseSources } from './archive/choose-sources.ts';
import type { Unit } from './archive/unit.ts';
import { compareText } from './base/compare.ts';
import { compareDiagnostics, UserError, type Diagnostic, type Report } from './base/diagnostic.ts';
import { nearestName } from './base/nearest-name.ts';
import { judgeSome, type Check, type CheckOptions } from './check.ts';
import type { SourcePackage } from './debian/package.ts';
import type { Inputs } from './io/inputs.ts';
import { AptInstaller, type Base } from './resolve/apt-install-set.ts';
import { explainConflict, formatConflict } from './resolve/explain-conflict.ts';
import { formatLoss, LossExplainer } from './resolve/explain-loss.ts';
import {
  INSTALL_SET_SCHEMA,
  makeInstallSetDocument,
  type InstallSetAnswer,
  type NoInstallSet,
} from './resolve/install-set-document.ts';
import { formatNearest } from './resolve/nearest.ts';
import { faultOf, searchInstallSet } from './resolve/search-install-set.ts';

export interface InstallSetResult {
  readonly answer: InstallSetAnswer;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What gets installed to build one source: from what was read to the answer. Only this source is judged, with those whose
 * builds count as available.
 * @param name a source (`NAME` or `NAME=VERSION`, else its newest version), or a unit's key where several layers or build
 * types have the source
 * @param options for one architecture
 * @throws UserError when the name fits no source, or several units
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const { options } = resolveCheckOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { answer } = findInstallSet(inputs, 'libquay', options, 'apt');
 * answer.kind; // → 'install-set'
 */
export function findInstallSet(
  inputs: Inputs,
  name: string,
  options: CheckOptions,
  base: Base,
): InstallSetResult {
  const diagnostics: Diagnostic[] = [...inputs.diagnostics];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const asked = findSources(inputs.sources, name, report);
  const check = judgeSome(inputs, asked, options, report);
  const answer = answerFor(check, asked, name, base, inputs.sources);
  return { answer, diagnostics: diagnostics.sort(compareDiagnostics) };
}

function answerFor(
  check: Check,
  asked: readonly SourcePackage[],
  name: string,
  base: Base,
  sources: readonly SourcePackage[],
): InstallSetAnswer {
  const { universe, installability, notForArch } = check;
  const unit = findUnit(
    universe.units.filter(({ source }) => asked.includes(source)),
    name,
  );
  if (unit === undefined) {
    const idle = notForArch.find(({ source }) => asked.includes(source));
    const where = idle === undefined ? 'with these options' : `on ${idle.arch}`;
    const reason = `it has nothing to build ${where}`;
    return { schema: INSTALL_SET_SCHEMA, kind: 'unbuildable', unit: nameOf(name), reason };
  }
  if (installability.unitBuilt[unit.id] === 0) return explainNone(check, unit, sources);
  const set = new AptInstaller(universe, installability).installFor(unit.id, base);
  const fault = faultOf(universe, unit.id, set);
  const members =
    fault === undefined ? set.members : searchInstallSet(universe, installability, unit.id, base);
  return makeInstallSetDocument(universe, unit, base, members, fault);
}

function explainNone(
  { universe, installability, conflicts }: Check,
  unit: Unit,
  sources: readonly SourcePackage[],
): NoInstallSet {
  const none = { schema: INSTALL_SET_SCHEMA, kind: 'unbuildable', unit: unit.key } as const;
  const found = conflicts.get(unit.id);
  if (found !== undefined) {
    const conflict = explainConflict(universe, unit.id, found);
    return { ...none, reason: formatConflict(conflict), conflict };
  }
  const loss = new LossExplainer(universe, installability, sources).explain(unit.id);
  const near = loss.nearest === undefined ? '' : `; nearest: ${formatNearest(loss.nearest)}`;
  return {
    ...none,
    reason: `${loss.field}: ${loss.relation}: ${formatLoss(loss, unit.target.arch)}${near}`,
  };
}

/**
 * The sources that a name or a unit's key means: in a tree with layers one for each layer and build type.
 * @throws UserError when there is none
 */
function findSources(
  sources: readonly SourcePackage[],
  asked: string,
  report: Report,
): readonly SourcePackage[] {
  const named = sources.filter((source) => source.name === nameOf(asked));
  const chosen = chooseSources(named, [asked], report);
  if (chosen.length > 0) return chosen;
  if (named.length > 0) throw unknownVersion(asked, named);
  const inKey = sources.filter(({ name, version }) => `/${asked}`.includes(`/${name}_${version ?? '0'}/`));
  if (inKey.length === 0) throw unknownSource(asked, sources);
  return chooseSources(inKey, [], report);
}

function nameOf(asked: string): string {
  return asked.replace(/=.*/s, '');
}

function findUnit(units: readonly Unit[], asked: string): Unit | undefined {
  const exact = units.find((unit) => unit.key === asked);
  if (exact !== undefined) return exact;
  const [first, ...others] = units;
  if (first !== undefined && first.source.name !== nameOf(asked)) throw unknownUnit(asked, units);
  if (first !== undefined && others.length > 0) throw severalUnits(asked, [first, ...others]);
  return first;
}

function unknownSource(asked: string, sources: readonly SourcePackage[]): UserError {
  const near = nearestName(
    nameOf(asked),
    sources.map(({ name }) => name),
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

function unknownUnit(asked: string, units: readonly Unit[]): UserError {
  const keys = units.map((unit) => unit.key).join(', ');
  return wrong('no-such-unit', `there is no unit ${asked} with these options`, `there is ${keys}`);
}

function severalUnits(asked: string, units: readonly Unit[]): UserError {
  const keys = units.map((unit) => unit.key).join(', ');
  return wrong('several-units', `${asked} is built more than once: ${keys}`, 'name one of these');
}

function wrong(code: string, message: string, hint: string): UserError {
  return new UserError([{ code, severity: 'error', message, hint }]);
}
