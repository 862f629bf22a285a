import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // no warnings about source maps that packages leave out
  logLevel: 'error',
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: ['test/system/**'],
    // by default vitest leaves a processor free, which is half of a small machine
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // imports JSON without saying so, which Node refuses
    server: { deps: { inline: [/@actions\//] } },
  },
});
