import type { Diagnostic } from '../base/diagnostic.ts';
import type { SourcePackage } from '../debian/package.ts';

export function noVersion(source: SourcePackage): Diagnostic {
  return {
    code: 'no-version',
    severity: 'note',
    message: `${source.name}: no version is known, '0' is used`,
    location: source.location,
    hint: 'put a debian/changelog beside the control file',
  };
}

export function olderVersion(dropped: SourcePackage, kept: SourcePackage): Diagnostic {
  return {
    code: 'older-version',
    severity: 'note',
    message: `${dropped.name}: ${dropped.version ?? 'no version'} is passed over for ${kept.version ?? 'no version'}`,
    location: dropped.location,
    hint: `to plan the other one: --select ${dropped.name}=${dropped.version ?? ''}`,
  };
}

export function sameVersion(dropped: SourcePackage, kept: SourcePackage): Diagnostic {
  const version = dropped.version ?? 'without a version';
  return {
    code: 'same-version',
    severity: 'note',
    message: `${dropped.name}: ${version} is here twice, the one of ${kept.location.file} is used`,
    location: dropped.location,
  };
}

export function twoProducers(binary: string, kept: string, dropped: string, arch: string): Diagnostic {
  return {
    code: 'two-producers',
    severity: 'note',
    message: `${binary} on ${arch} is built by ${kept} and by ${dropped}: the former is used`,
  };
}

export function unknownLayer(layer: string, position: string): Diagnostic {
  return {
    code: 'unknown-layer',
    severity: 'warning',
    message: `layer '${layer}' has no place in the order of layers: it is taken to come ${position}`,
    hint: 'give the order with --layers first,second,…',
  };
}

export function noSuchLayer(layer: string, known: readonly string[], near: string | undefined): Diagnostic {
  return {
    code: 'no-such-layer',
    severity: 'error',
    message: `--layers ${layer}: no source lies in such a layer; there are ${known.join(', ')}`,
    hint: near === undefined ? `name those: --layers ${known.join(',')}` : `did you mean ${near}?`,
  };
}

export function layersWithoutEffect(given: readonly string[]): Diagnostic {
  return {
    code: 'no-such-layer',
    severity: 'error',
    message: `--layers ${given.join(',')} has no effect: nothing in the inputs has layers`,
    hint: 'leave --layers out, or name the tree whose repositories have a debian_build_layer.cfg',
  };
}

export function assumedExisting(arch: string, count: number, example: string): Diagnostic {
  const binaries =
    count === 1
      ? '1 binary that no source here builds counts as existing'
      : `${String(count)} binaries that no source here builds count as existing`;
  return {
    code: 'assumed-existing',
    severity: 'note',
    message: `no Packages index for ${arch}: ${binaries}, such as ${example}`,
    hint: `give one with --packages FILE or --apt`,
  };
}

export function unknownProducer(relation: string, arch: string, count: number): Diagnostic {
  const sources = count === 1 ? 'the 1 source' : `one of the ${String(count)} sources`;
  return {
    code: 'unknown-producer',
    severity: 'warning',
    message: `${relation} on ${arch}: nothing known provides it; ${sources} whose binaries are unknown may, so it counts as existing`,
    hint: 'give a Sources index that lists their binaries',
  };
}

export function noSuchSource(selection: string, near: string | undefined): Diagnostic {
  return {
    code: 'no-such-source',
    severity: 'error',
    message: `--select ${selection}: no such source package in the inputs`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}

export function twoVersions(source: string, version: string, other: string): Diagnostic {
  return {
    code: 'two-versions',
    severity: 'error',
    message: `--select ${source}=${version} and --select ${source}=${other}: a plan holds one version of a source`,
    hint: 'leave one out',
  };
}

export function unknownProfile(profile: string, near: string | undefined): Diagnostic {
  return {
    code: 'unknown-profile',
    severity: 'warning',
    message: `--profiles ${profile}: no relation of the inputs names this build profile, nor does Debian know it`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}
