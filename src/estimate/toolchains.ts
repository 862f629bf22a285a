/** What a build is made with, as its build dependencies show: what makes it large or slow beyond its sizes. */
export type Toolchain = keyof typeof PATTERNS;

/**
 * The toolchains that a build dependency stands for; usually none.
 * @param name of a package, without qualifier and version. O(1) from the second time on
 */
export type ToolchainsOf = (name: string) => readonly Toolchain[];

/**
 * Names of build dependencies, separated by blanks; a star stands for any text. They are those behind the columns `f_…` of
 * the figures that the prior is fitted to, with the `dh-sequence-…` that say the same.
 */
const PATTERNS = {
  autotools: 'libtool dh-autoreconf autotools-dev automake autoconf autoconf-archive',
  boost: 'libboost*',
  check: 'python3-pytest check libcmocka-dev libtest-*-perl dejagnu expect bats',
  cmake: 'cmake',
  cross: 'gcc-*-linux-gnu* gcc-mingw-w64* mingw-w64',
  docbook: 'docbook* xmlto asciidoc asciidoctor asciidoc-base',
  doxygen: 'doxygen doxygen-latex',
  eigen: 'libeigen3-dev',
  fontforge: 'fontforge fontforge-nox python3-fontforge',
  fortran: 'gfortran',
  go: 'dh-golang dh-sequence-golang golang-any golang-go',
  gtk: 'libgtk-3-dev libgtk2.0-dev libgtk-4-dev libgtkmm-*-dev',
  gtkdoc: 'gtk-doc-tools gi-docgen',
  gtest: 'libgtest-dev googletest libcppunit-dev catch2 catch g++*',
  haskell: 'ghc haskell-devscripts haskell-devscripts-minimal',
  java: 'default-jdk default-jdk-headless javahelper ant maven-debian-helper dh-sequence-javahelper',
  kde: 'pkg-kde-tools extra-cmake-modules libkf5* dh-sequence-kf5 dh-sequence-kf6',
  llvm: 'llvm* clang* libclang*',
  meson: 'meson',
  mpi: 'mpi-default-dev libopenmpi-dev',
  ocaml: 'dh-ocaml dh-sequence-ocaml ocaml ocaml-nox ocaml-findlib ocaml-dune',
  perl: 'perl perl-xs-dev libtest-*-perl libmodule-build*-perl',
  pyext: 'python3-dev python3-all-dev libpython3-dev libpython3-all-dev cython3',
  python: 'dh-python dh-sequence-python3 python3 python3-all python3-dev python3-all-dev python3-setuptools',
  qt: 'qtbase5-dev qtbase5-*-dev qt5-qmake qtdeclarative5-dev libqt5* qt6-*',
  ruby: 'gem2deb ruby dh-sequence-ruby',
  rust: 'cargo rustc dh-cargo dh-sequence-cargo dh-sequence-rust',
  sphinx: 'python3-sphinx',
  tex: 'texlive*',
  vala: 'valac',
  xvfb: 'xvfb',
} as const;

export const TOOLCHAINS = Object.keys(PATTERNS).filter((name): name is Toolchain =>
  Object.hasOwn(PATTERNS, name),
);

/** Makes a lookup that remembers each name. */
export function toolchainLookup(): ToolchainsOf {
  const known = new Map<string, readonly Toolchain[]>();
  const matchers = TOOLCHAINS.map((toolchain) => ({ toolchain, pattern: matcherOf(PATTERNS[toolchain]) }));
  const any = matcherOf(Object.values(PATTERNS).join(' '));
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // nearly all names are of none: one look instead of one for each
    const toolchains = any.test(name)
      ? matchers.filter(({ pattern }) => pattern.test(name)).map(({ toolchain }) => toolchain)
      : NONE;
    known.set(name, toolchains);
    return toolchains;
  };
}

const NONE: readonly never[] = [];

function matcherOf(names: string): RegExp {
  const parts = names.split(' ').map((name) => name.replace(/[.+]/g, '\\$&').replaceAll('*', '.*'));
  return new RegExp(`^(?:${parts.join('|')})$`);
}
