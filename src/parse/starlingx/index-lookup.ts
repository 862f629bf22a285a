import { compareText } from '../../base/compare.ts';
import type { Report } from '../../base/diagnostic.ts';
import { groupBy } from '../../base/group-by.ts';
import type { SourcePackage } from '../../debian/package.ts';
import { compareVersions } from '../../debian/version.ts';
import { indexLookedUp, noControl } from './diagnostics.ts';
import type { TreeUnit } from './unit.ts';

/**
 * Completes the units that have no control in the tree from the stanzas of `Sources` indexes; the indexes add no units of
 * their own. The tree's name, version, layer and build type stand; the rest, and the location, are the stanza's.
 *
 * A stanza serves a unit of its name unless it says that it is for another build type: an rt unit builds other binaries
 * than the std unit of the same name. Of several, the one of the same layer, then the one of the same version, then the
 * newest one serves.
 */
export function completeUnits(
  units: readonly TreeUnit[],
  index: readonly SourcePackage[],
  report: Report,
): readonly SourcePackage[] {
  const byName = groupBy(index, ({ name }) => name);
  const used = new Set<SourcePackage>();
  const sources = units.map(({ source, hasControl }) => {
    if (hasControl) return source;
    const stanza = chooseStanza(source, byName.get(source.name) ?? []);
    if (stanza !== undefined) used.add(stanza);
    if (stanza?.knowsBinaries !== true) report(noControl(unitName(source), source.location));
    return stanza === undefined ? source : complete(source, stanza);
  });
  if (index.length > 0) report(indexLookedUp(used.size, index.length - used.size));
  return sources;
}

function chooseStanza(unit: SourcePackage, candidates: readonly SourcePackage[]): SourcePackage | undefined {
  return candidates
    .filter((stanza) => stanza.buildType === undefined || stanza.buildType === unit.buildType)
    .sort(
      (a, b) =>
        Number(b.layer === unit.layer) - Number(a.layer === unit.layer) ||
        Number(b.buildType === unit.buildType) - Number(a.buildType === unit.buildType) ||
        Number(b.version === unit.version) - Number(a.version === unit.version) ||
        compareVersions(b.version ?? '', a.version ?? '') ||
        compareText(a.location.file, b.location.file) ||
        a.location.line - b.location.line,
    )[0];
}

function complete(unit: SourcePackage, stanza: SourcePackage): SourcePackage {
  return {
    ...stanza,
    origin: unit.origin,
    version: unit.version ?? stanza.version,
    layer: unit.layer,
    buildType: unit.buildType,
    serial: unit.serial || stanza.serial,
  };
}

/** `distro/rt/linux-rt_6.18.15`. */
function unitName(source: SourcePackage): string {
  const name = source.version === undefined ? source.name : `${source.name}_${source.version}`;
  return [source.layer, source.buildType, name].filter((part) => part !== undefined).join('/');
}
