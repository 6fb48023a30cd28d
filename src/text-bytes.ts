// Bytes as text, as people's computers write it: UTF-8, UTF-16 with or without its mark, GBK.

/** The text of bytes; null where they are none. */
export function textOfBytes(bytes: Uint8Array): string | null {
  const text = decoded(bytes);
  return text === null || text.includes('\0') ? null : text;
}

function decoded(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return decodedAs('utf-16le', bytes);
  if (a === 0xfe && b === 0xff) return decodedAs('utf-16be', bytes);
  const wide = wideOrder(bytes);
  if (wide !== null) return decodedAs(wide, bytes);
  return decodedAs('utf-8', bytes) ?? decodedAs('gb18030', bytes);
}

/** UTF-16 without a mark: in text with Latin letters every other byte of many is 0. */
function wideOrder(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 400);
  let [even, odd] = [0, 0];
  for (const [i, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (odd > head.length / 8 && even === 0) return 'utf-16le';
  return even > head.length / 8 && odd === 0 ? 'utf-16be' : null;
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
