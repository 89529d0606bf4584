/** Unpacks gzip, where a host has not done so already. It imports nothing. */

/** Larger than any file of the site. */
const LIMIT = 64 * 1024 * 1024;

/**
 * `bytes` without gzip: hosts may answer for a .gz with its content. What is no gzip, damaged or longer than `limit` comes
 * back as it is: whoever knows the sum of the content sees that it is wrong.
 */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>, limit = LIMIT): Promise<Uint8Array<ArrayBuffer>> {
  // RFC 1952, 2.3.1.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > limit) {
        await reader.cancel();
        return bytes;
      }
    }
  } catch {
    return bytes;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
