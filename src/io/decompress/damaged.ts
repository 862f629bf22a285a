/** Compressed data that is cut short or altered; `decompress` turns it into a diagnostic. */
export class DamagedData extends Error {}
