/** A quantile function as measured: `[share of all, value]`, shares ascending from 0 to 1. */
export type Quantiles = readonly (readonly [share: number, value: number])[];

/** How references gather on few names: `[rank, share of references to the names up to that rank]`, both ascending. */
export type Popularity = readonly (readonly [rank: number, share: number])[];

/** What an archive of packages looks like; shares are of 1. */
export interface ArchiveShape {
  /** Binaries of a source. */
  readonly binaries: Quantiles;
  /** Sources that build only `Architecture: all`, only `any`, both, and `any` for a few architectures alone. */
  readonly kinds: {
    readonly all: number;
    readonly any: number;
    readonly mixed: number;
    readonly some: number;
  };
  /** Groups in all three fields of build dependencies, debhelper's own not counted. */
  readonly buildGroups: Quantiles;
  /** Groups in `Depends` and `Pre-Depends` that lead to another source: of `Architecture: all` binaries, and of others. */
  readonly runGroups: { readonly all: Quantiles; readonly any: Quantiles };
  /** Which names are build-depended on, debhelper and debhelper-compat left out. */
  readonly buildPopularity: Popularity;
  /** Which names are depended on at run time. */
  readonly runPopularity: Popularity;
  /** Share of groups, debhelper's own not counted; `compat`: of sources, that need debhelper-compat; `indep`: that have the field. */
  readonly build: {
    readonly compat: number;
    readonly versioned: number;
    readonly alternatives: number;
    readonly restricted: number;
    readonly profiled: number;
    readonly indep: number;
    readonly isVirtual: number;
  };
  /** Share of groups; `own`: those to another binary of the same source, most of them `(= VERSION)`. */
  readonly run: {
    readonly versioned: number;
    readonly alternatives: number;
    readonly own: number;
    readonly isVirtual: number;
    /** References from a name to one that is less popular: without these there were hardly a cycle. */
    readonly upward: number;
  };
  /** Share of binaries. `names`: how many names one that provides any provides. */
  readonly provides: { readonly share: number; readonly names: Quantiles };
  /** Share of versions; `rebuilt`: of binaries that were built again (`+b1`). */
  readonly versions: {
    readonly epoch: number;
    readonly native: number;
    readonly tilde: number;
    readonly plus: number;
    readonly rebuilt: number;
  };
  /** Share of binaries. */
  readonly multiArch: { readonly same: number; readonly foreign: number; readonly allowed: number };
  /** Share of binaries. */
  readonly conflicts: number;
  readonly breaks: number;
  /** Of a binary, KiB. */
  readonly installedKib: Quantiles;
  /** All files of a source, bytes. */
  readonly sourceBytes: Quantiles;
  /** Sources, in units of all, that lie in one big knot of builds that wait for each other. */
  readonly coreShare: number;
}

/**
 * Debian 12 main as of 2026-11-22, `Sources` and `Packages` of amd64: 34,299 sources, 63,440 binaries, measured with
 * `measureShape`. Its graph of install closures: 132 units waited for by a unit on average (a tenth up to 63, half up to 103,
 * nine tenths up to 239, at most 673), half of all units waited for by nobody, components of 5,236, 131, 21, 19 and 14 units.
 * No edge is hard there: a release holds all that it builds.
 */
export const DEBIAN_SHAPE: ArchiveShape = {
  binaries: [
    [0, 1],
    [0.65, 1],
    [0.75, 2],
    [0.87, 2],
    [0.9, 3],
    [0.95, 5],
    [0.99, 11],
    [0.999, 67],
    [1, 160],
  ],
  kinds: { all: 0.53, any: 0.33, mixed: 0.125, some: 0.015 },
  buildGroups: [
    [0, 0],
    [0.1, 1],
    [0.25, 2],
    [0.5, 5],
    [0.75, 8],
    [0.9, 15],
    [0.99, 44],
    [0.999, 96],
    [1, 260],
  ],
  runGroups: {
    all: [
      [0, 0],
      [0.15, 0],
      [0.25, 1],
      [0.5, 1],
      [0.75, 3],
      [0.9, 5],
      [0.99, 18],
      [0.999, 56],
      [1, 330],
    ],
    any: [
      [0, 0],
      [0.1, 1],
      [0.25, 2],
      [0.5, 3],
      [0.75, 6],
      [0.9, 11],
      [0.99, 31],
      [0.999, 62],
      [1, 206],
    ],
  },
  buildPopularity: [
    [1, 0.0187],
    [3, 0.0546],
    [8, 0.1093],
    [18, 0.1718],
    [28, 0.2202],
    [48, 0.2758],
    [98, 0.3587],
    [198, 0.4461],
    [298, 0.5007],
    [498, 0.5716],
    [998, 0.6674],
    [1998, 0.7616],
    [2998, 0.8118],
    [4998, 0.8695],
    [9998, 0.9357],
    [19998, 0.9879],
    [22923, 1],
  ],
  runPopularity: [
    [1, 0.0781],
    [2, 0.107],
    [3, 0.1337],
    [5, 0.1747],
    [10, 0.2117],
    [20, 0.254],
    [30, 0.2814],
    [50, 0.319],
    [100, 0.376],
    [200, 0.4406],
    [300, 0.4825],
    [500, 0.5362],
    [1000, 0.6134],
    [2000, 0.693],
    [3000, 0.7399],
    [5000, 0.7985],
    [10000, 0.8758],
    [20000, 0.9471],
    [30000, 0.9829],
    [34776, 1],
  ],
  build: {
    compat: 0.76,
    versioned: 0.165,
    alternatives: 0.0072,
    restricted: 0.0121,
    profiled: 0.109,
    indep: 0.188,
    isVirtual: 0.05,
  },
  run: { versioned: 0.581, alternatives: 0.0258, own: 0.133, isVirtual: 0.109, upward: 0.036 },
  provides: {
    share: 0.152,
    names: [
      [0, 1],
      [0.5, 1],
      [0.9, 7],
      [0.99, 40],
      [1, 120],
    ],
  },
  versions: { epoch: 0.031, native: 0.022, tilde: 0.056, plus: 0.144, rebuilt: 0.304 },
  multiArch: { same: 0.181, foreign: 0.176, allowed: 0.0045 },
  conflicts: 0.05,
  breaks: 0.084,
  installedKib: [
    [0, 5],
    [0.1, 30],
    [0.25, 64],
    [0.5, 227],
    [0.75, 1205],
    [0.9, 6046],
    [0.99, 85646],
    [0.999, 410618],
    [1, 5635087],
  ],
  sourceBytes: [
    [0, 2000],
    [0.1, 12573],
    [0.25, 24335],
    [0.5, 79049],
    [0.75, 451552],
    [0.9, 2303942],
    [0.99, 41609635],
    [0.999, 350393964],
    [1, 2286129535],
  ],
  coreShare: 0.15,
};
