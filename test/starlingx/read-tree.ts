import { formatAlternatives, type RelationField } from '../../src/debian/relation.ts';
import type { SourcePackage } from '../../src/debian/package.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { readInputs } from '../../src/io/read-inputs.ts';

/** Reads paths as the command line would. */
export async function readPaths(paths: readonly string[], suite: string | undefined): Promise<Inputs> {
  return readInputs({ paths, packages: [], apt: false, architectures: ['amd64', 'arm64'], suite });
}

/** `distro/rt/linux-rt`. */
export function unitKey(source: SourcePackage): string {
  return [source.layer, source.buildType, source.name].join('/');
}

/** What a plan takes from a source, in a form that can be compared. */
export function essence(source: SourcePackage): Readonly<Record<string, unknown>> {
  const { buildDepends, buildConflicts } = source;
  return {
    unit: unitKey(source),
    version: source.version,
    knowsBinaries: source.knowsBinaries,
    binaries: source.binaries.map((binary) => binary.name).sort(),
    architectures: [...source.architectures].sort(),
    relations: [
      ...[buildDepends.always, buildDepends.arch, buildDepends.indep],
      ...[buildConflicts.always, buildConflicts.arch, buildConflicts.indep],
    ].map(formatField),
    buildSizeBytes: source.buildSizeBytes,
    serial: source.serial,
  };
}

function formatField(field: RelationField | undefined): string {
  return (field?.groups ?? []).map(formatAlternatives).join(', ');
}
