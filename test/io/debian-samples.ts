/** A Sources index of two stanzas. */
export const SOURCES = `Package: hello
Version: 2.10-2
Binary: hello, hello-doc
Architecture: any all
Build-Depends: debhelper-compat (= 13)

Package: zlib
Version: 1.3
Binary: zlib1g
Architecture: any
`;

/** A Packages index of two stanzas for amd64. */
export const AMD64 = `Package: hello
Version: 2.10-2
Architecture: amd64

Package: hello-doc
Version: 2.10-2
Architecture: all
Depends: hello
`;

/** A signed `.dsc`. */
export const ARMOURED_DSC = `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Format: 3.0 (quilt)
Source: hello
Binary: hello
Architecture: any
Version: 1:2.10-3
Build-Depends: debhelper-compat (= 13)
Files:
 d41d8cd98f00b204e9800998ecf8427e 7 hello_2.10.orig.tar.gz

-----BEGIN PGP SIGNATURE-----

iQIzBAEBCAAdFiEE
-----END PGP SIGNATURE-----
`;

/** A debian/control with one binary. */
export function control(name: string): string {
  return `Source: ${name}\nBuild-Depends: debhelper\n\nPackage: ${name}\nArchitecture: any\nDescription: ${name}\n`;
}
