import { toBase64 } from '../crypto/encodings';
import type { Picture } from './raster';

/** The picture as the service takes it. */
export interface PackedPicture {
  width: number;
  height: number;
  /** Base64 of zlib data of the packed rows. */
  bits: string;
}

/** Compresses (RFC 1950, what the browser calls "deflate") and encodes a picture. */
export async function pack(picture: Picture): Promise<PackedPicture> {
  const stream = new Blob([picture.rows as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate'));
  const zlib = new Uint8Array(await new Response(stream).arrayBuffer());
  return { width: picture.width, height: picture.height, bits: toBase64(zlib) };
}
