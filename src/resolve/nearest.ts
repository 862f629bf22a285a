import type { Location } from '../base/diagnostic.ts';

/** What comes nearest to a relation that nothing satisfies, and why it does not. */
export interface Nearest {
  /**
   * `too-old`, `too-new`: it exists here in another version; `provided`: only as a virtual package, in another version or without
   * one; `qualifier`: the architecture qualifier keeps it out; `profile`: a source would build it here but for the
   * active build profiles; `not-built`: a source builds it here, but it does not exist; `not-foreign`: in a cross build, it
   * serves the other architecture alone; `architecture`: it exists on
   * another architecture of the run; `not-for-arch`: a source builds it, for other architectures only; `name`: something else
   * has nearly this name.
   */
  readonly kind:
    | 'too-old'
    | 'too-new'
    | 'provided'
    | 'qualifier'
    | 'profile'
    | 'not-built'
    | 'not-foreign'
    | 'architecture'
    | 'not-for-arch'
    | 'name';
  /** The name of the binary package. */
  readonly package: string;
  /** The newest one's. */
  readonly version?: string;
  /** Where it exists, for `architecture`; what it serves, for `not-foreign`. */
  readonly arch?: string;
  /** What speaks against it: a `Multi-Arch` field, a restriction formula, architectures, a version that is provided. */
  readonly detail?: string;
  /** The source that builds it, with its version. */
  readonly source?: string;
  /** Where that source says so; else where the binary stands. */
  readonly location?: Location;
}

/** What comes nearest, in few words: `libfoo-dev 1.9-1`, `microcode 1-1 on amd64`. */
export function formatNearest(near: Nearest): string {
  const what = near.version === undefined ? near.package : `${near.package} ${near.version}`;
  const source = `source ${near.source ?? ''}`;
  const detail = near.detail ?? '';
  switch (near.kind) {
    case 'too-old':
    case 'too-new':
      return what;
    case 'provided':
      return `${what} provides it ${near.detail === undefined ? 'without a version' : `as ${detail}`}`;
    case 'qualifier':
      return `${what} is ${detail}, which the architecture qualifier rules out`;
    case 'profile':
      return `${source} builds it, but not with these build profiles: ${detail}`;
    case 'not-built':
      return `${source} builds it, but no index lists it`;
    case 'not-foreign':
      return `${what} is not Multi-Arch: foreign, so it serves packages of ${near.arch ?? ''} only`;
    case 'architecture':
      return `${what} on ${near.arch ?? ''}`;
    case 'not-for-arch':
      return `${source} builds it for ${shortList(detail)} only`;
    case 'name':
      return `a similar name, ${what}`;
  }
}

const SHOWN_ARCHITECTURES = 6;

function shortList(architectures: string): string {
  const names = architectures.split(' ');
  const more = names.length - SHOWN_ARCHITECTURES;
  return more <= 1
    ? architectures
    : `${names.slice(0, SHOWN_ARCHITECTURES).join(' ')} … ${String(more)} more`;
}
