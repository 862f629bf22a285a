import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A module that asks where it lies is answered with its place in `dist`, beside which are the files that it looks for.
 * @param out folder of the bundle
 */
export function ownPlace(out) {
  return {
    name: 'own-place',
    transform: {
      filter: { code: 'import.meta.url' },
      handler: (code, id) =>
        code.replaceAll(
          'import.meta.url',
          `new URL(${JSON.stringify(relative(join(process.cwd(), out), id))}, import.meta.url).href`,
        ),
    },
  };
}

const NARROW = 'library:';

/**
 * What a command loads of the library is what its file names of it, not all: each dynamic import of the library becomes one of
 * a module of its own that exports just those names, so that the bundle falls into parts by who needs them.
 * @param library the built module that has all exports
 */
export async function narrowImports(library) {
  const all = new Set(Object.keys(await import(pathToFileURL(library).href)));
  const call = /import\(["']\.\.\/src\/internal\.js["']\)/g;
  // what is done with the import otherwise is not seen, and would be missing in the bundle
  const named =
    /(?:(?:const|let) (?:debplan|\{[^}]*\}) = await |^\s*)import\(["']\.\.\/src\/internal\.js["']\)/gm;
  return {
    name: 'narrow-imports',
    transform: {
      filter: { code: call },
      handler: (code, id) => {
        if (code.match(call).length !== code.match(named)?.length)
          throw new Error(
            `${id}: import src/internal.ts as 'const debplan = await …' or 'const { … } = await …'`,
          );
        const members = [...code.matchAll(/\bdebplan\s*\.\s*(\w+)/g)].map(([, name]) => name);
        const picked = [...code.matchAll(/\{([\w\s,]+)\}/g)].flatMap(
          ([, names]) => names.match(/\w+/g) ?? [],
        );
        const names = [...new Set([...members, ...picked])].filter((name) => all.has(name)).sort();
        return code.replaceAll(call, `import(${JSON.stringify(NARROW + names.join(','))})`);
      },
    },
    resolveId: (id) => (id.startsWith(NARROW) ? `\0${id}` : undefined),
    load: (id) =>
      id.startsWith(`\0${NARROW}`)
        ? `export { ${id.slice(NARROW.length + 1)} } from ${JSON.stringify(library)};`
        : undefined,
  };
}

/** `new Buffer(size)` of old libraries, of which Node warns wherever it doesn't stand below node_modules. */
export function withoutOldBuffers() {
  return {
    name: 'without-old-buffers',
    transform: {
      filter: { code: 'new Buffer(' },
      handler: (code) => code.replaceAll('new Buffer(', 'Buffer.alloc('),
    },
  };
}

/** Whoever gets the bundle gets the licences of the libraries in it. */
export function licences() {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const folders = new Set();
      for (const chunk of Object.values(bundle))
        for (const id of Object.keys(chunk.modules ?? {})) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
          if (folder !== undefined) folders.add(folder);
        }
      const texts = [...folders].map(licenceOf).sort();
      this.emitFile({
        type: 'asset',
        fileName: 'LICENSES.txt',
        source: `The libraries in this folder, and their licences.\n\n${[...new Set(texts)].join('\n')}`,
      });
    },
  };
}

/** Name, version and licence of a library. @throws Error when it comes without */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} ${version} has no licence`);
  const text = file === undefined ? `${license}\n` : readFileSync(join(folder, file), 'utf8');
  return `## ${name} ${version}\n\n${text.trim()}\n`;
}
