/** Compressed data that is cut short or altered; `decompress` turns it into a diagnostic. */
export class DamagedData extends Error {}

/** Data that unpack to more than they may; `decompress` turns it into a diagnostic. */
export class TooMuchData extends Error {}
