import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const OUT = 'dist/bin';

export default [
  {
    // The command line in few files: Node starts them in half of the time that it takes to load the modules of `dist` one
    // by one. Libraries stay where they are installed.
    input: { debplan: 'dist/cli/debplan.js' },
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [
      {
        // A module that asks where it lies is answered with its place in `dist`, beside which are the files that it looks for.
        name: 'own-place',
        transform: {
          filter: { code: 'import.meta.url' },
          handler: (code, id) =>
            code.replaceAll(
              'import.meta.url',
              `new URL(${JSON.stringify(relative(`${process.cwd()}/${OUT}`, id))}, import.meta.url).href`,
            ),
        },
      },
    ],
    output: { dir: OUT, format: 'esm', cleanDir: true },
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
