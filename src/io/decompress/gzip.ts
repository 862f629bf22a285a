import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const gunzipAsync = promisify(gunzip);

/** Unpacks gzip data of any number of members; Node's zlib checks each member's CRC and length. */
export async function unpackGzip(bytes: Uint8Array): Promise<Uint8Array> {
  return gunzipAsync(bytes);
}
