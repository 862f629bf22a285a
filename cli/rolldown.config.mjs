import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { licences, narrowImports, ownPlace, withoutOldBuffers } from './bundle-plugins.mjs';

const OUT = 'dist/bin';
const LIBRARY = resolve('dist/src/internal.js');

export default [
  {
    // The command line in files of its own, libraries included: Node loads a few files, in parts by command, in a quarter of the time
    // that the hundreds of modules of `dist` and `node_modules` take one by one.
    input: { debplan: 'dist/cli/debplan.js' },
    platform: 'node',
    resolve: { alias: { 'string-width': resolve('cli/plain-width.mjs') } },
    treeshake: { moduleSideEffects: (id) => !id.startsWith(resolve('dist/src')) },
    plugins: [ownPlace(OUT), await narrowImports(LIBRARY), withoutOldBuffers(), licences()],
    output: { dir: OUT, format: 'esm', cleanDir: true, comments: false, chunkFileNames: 'part-[hash].js' },
  },
  {
    // The page of the report: one script, and the style sheet beside it.
    input: 'src/report/page/main.ts',
    platform: 'browser',
    tsconfig: 'src/report/page/tsconfig.json',
    plugins: [
      {
        name: 'style-sheet',
        generateBundle() {
          const source = readFileSync('src/report/page/page.css', 'utf8');
          this.emitFile({ type: 'asset', fileName: 'page.css', source });
        },
      },
    ],
    output: {
      dir: 'dist/src/report',
      entryFileNames: 'page.js',
      codeSplitting: false,
      format: 'es',
      minify: true,
    },
  },
];
