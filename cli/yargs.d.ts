import 'yargs';

declare module 'yargs' {
  interface Argv {
    /** Since yargs 17.6; the published types don't know it. */
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv;
  }
}
