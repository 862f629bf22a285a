import { compareText } from '../base/compare.ts';
import { UserError, type Report } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { SourcePackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import { noSuchSource, olderVersion, sameVersion, twoVersions } from './diagnostics.ts';

/**
 * One source for each (layer, build type, name): the newest version, or the one that a `NAME=VERSION` of `selection`
 * asks for. `Extra-Source-Only` stanzas are passed over, unless asked for. What is passed over for a newer version is
 * reported, of the selected sources if there is a selection.
 * @throws UserError when the selection names two versions of one source
 */
export function chooseSources(
  sources: readonly SourcePackage[],
  selection: readonly string[],
  report: Report,
): readonly SourcePackage[] {
  const names = new Set(selection.map((text) => splitSelection(text)[0]));
  const asked = versionsAsked(selection);
  const rivals = new Map<string, SourcePackage[]>();
  for (const source of sources) {
    const version = asked.get(source.name);
    if (version === undefined ? source.extraSourceOnly : version !== source.version) continue;
    const key = [source.layer ?? '', source.buildType ?? '', source.name].join('\0');
    const known = rivals.get(key);
    if (known === undefined) rivals.set(key, [source]);
    else known.push(source);
  }
  const groups = [...rivals.entries()].sort(([a], [b]) => compareText(a, b));
  return groups.map(([, group]) => {
    const [kept, ...dropped] = group.sort(comparePreference);
    if (kept === undefined) throw new Error('BUG: no sources to choose from');
    if (names.size === 0 || names.has(kept.name)) reportDropped(kept, dropped, report);
    return kept;
  });
}

function reportDropped(kept: SourcePackage, dropped: readonly SourcePackage[], report: Report): void {
  for (const source of dropped) {
    report(source.version === kept.version ? sameVersion(source, kept) : olderVersion(source, kept));
  }
}

/**
 * The sources that `--select` names (`NAME` or `NAME=VERSION`).
 * @throws UserError when a name fits none
 */
export function selectSources(
  sources: readonly SourcePackage[],
  selection: readonly string[],
): readonly SourcePackage[] {
  const names = new Set(selection.map((text) => splitSelection(text)[0]));
  const known = new Set(sources.map((source) => source.name));
  const missing = selection.filter((text) => !known.has(splitSelection(text)[0])).sort(compareText);
  if (missing.length > 0) {
    throw new UserError(
      missing.map((text) => noSuchSource(text, nearestName(splitSelection(text)[0], known))),
    );
  }
  return sources.filter((source) => names.has(source.name));
}

/** Source name → the version that the selection asks for. */
function versionsAsked(selection: readonly string[]): ReadonlyMap<string, string> {
  const asked = new Map<string, string>();
  for (const text of selection.filter((name) => name.includes('='))) {
    const [name, version] = splitSelection(text);
    const other = asked.get(name) ?? version;
    if (other !== version) throw new UserError([twoVersions(name, other, version)]);
    asked.set(name, version);
  }
  return asked;
}

function splitSelection(text: string): readonly [string, string] {
  const cut = text.indexOf('=');
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}

/** Newest first; of equal versions the one that tells more about its binaries; then by place. */
function comparePreference(a: SourcePackage, b: SourcePackage): number {
  return (
    compareVersions(b.version ?? '0', a.version ?? '0') ||
    Number(tellsRelations(b)) - Number(tellsRelations(a)) ||
    compareText(a.location.file, b.location.file) ||
    a.location.line - b.location.line
  );
}

function tellsRelations(source: SourcePackage): boolean {
  return source.binaries.some((binary) => binary.depends !== undefined);
}
