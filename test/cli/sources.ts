/** A `Sources` index of two packages: `hello` needs `libgreet-dev`, which `greet` builds. */
export const SOURCES = `Package: hello
Binary: hello
Version: 1.0-1
Architecture: any
Build-Depends: libgreet-dev
Package-List:
 hello deb devel optional arch=any

Package: greet
Binary: libgreet-dev
Version: 2.1-1
Architecture: any
Package-List:
 libgreet-dev deb devel optional arch=any
`;

/** Options that leave nothing to this machine. */
export const ON_AMD64 = ['--arch', 'amd64', '--builder', 'name=x86,arch=amd64,slots=2,ram-disk=8GiB'];
