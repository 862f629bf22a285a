import tseslint from 'typescript-eslint';

/** House style as rules: no `any`, no assertions, no `!`, no default exports, switches over unions are exhaustive. */
export default tseslint.config(
  { ignores: ['**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['test/tsconfig.json', 'src/report/page/tsconfig.json'],
        tsconfigRootDir: new URL('..', import.meta.url).pathname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'name your exports' },
        { selector: 'TSEnumDeclaration', message: 'use a union of strings' },
        {
          selector: "CallExpression[callee.property.name='localeCompare']",
          message: 'use compareText: the same order everywhere',
        },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'cli/**/*.ts'],
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['test/**/vitest.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
