// Deflate (RFC 1951), for browsers without DecompressionStream.

function inflated(bytes) {
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
    195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  let out = new Uint8Array(bytes.length * 8), size = 0;
  let place = 2, held = 0, count = 0; // after the two bytes of the zlib header

  function bits(wanted) {
    while (count < wanted) { held |= bytes[place++] << count; count += 8; }
    const found = held & ((1 << wanted) - 1);
    held >>>= wanted; count -= wanted;
    return found;
  }

  function codes(lengths) {
    const counts = new Uint16Array(16), starts = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    for (let length = 1; length < 16; length += 1) starts[length] = starts[length - 1] + counts[length - 1];
    lengths.forEach((length, symbol) => { if (length) symbols[starts[length]++] = symbol; });
    return { counts, symbols };
  }

  function symbol(code) {
    let value = 0, first = 0, index = 0;
    for (let length = 1; ; length += 1) {
      value |= bits(1);
      const many = code.counts[length];
      if (value - many < first) return code.symbols[index + (value - first)];
      index += many; first = (first + many) << 1; value <<= 1;
    }
  }

  function room(wanted) {
    if (size + wanted <= out.length) return;
    const larger = new Uint8Array(Math.max(out.length * 2, size + wanted));
    larger.set(out); out = larger;
  }

  function dynamic() {
    const literals = bits(5) + 257, distances = bits(5) + 1, given = bits(4) + 4, lengths = new Array(19).fill(0);
    for (let index = 0; index < given; index += 1) lengths[ORDER[index]] = bits(3);
    const code = codes(lengths), all = [];
    while (all.length < literals + distances) {
      const found = symbol(code);
      if (found < 16) all.push(found);
      else {
        const repeated = found === 16 ? all[all.length - 1] : 0;
        let times = found === 16 ? 3 + bits(2) : found === 17 ? 3 + bits(3) : 11 + bits(7);
        while (times-- > 0) all.push(repeated);
      }
    }
    return [codes(all.slice(0, literals)), codes(all.slice(literals))];
  }

  function fixed() {
    const lengths = [];
    for (let index = 0; index < 288; index += 1) lengths.push(index < 144 ? 8 : index < 256 ? 9 : index < 280 ? 7 : 8);
    return [codes(lengths), codes(new Array(30).fill(5))];
  }

  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = 0; count = 0;
      const length = bytes[place] | (bytes[place + 1] << 8);
      place += 4; room(length);
      out.set(bytes.subarray(place, place + length), size);
      size += length; place += length;
      continue;
    }
    const [literals, distances] = kind === 1 ? fixed() : dynamic();
    for (;;) {
      const found = symbol(literals);
      if (found === 256) break;
      if (found < 256) { room(1); out[size++] = found; continue; }
      let length = LENGTHS[found - 257] + bits(LENGTH_BITS[found - 257]);
      const how = symbol(distances);
      let from = size - DISTANCES[how] - bits(how < 4 ? 0 : (how >> 1) - 1);
      room(length);
      while (length-- > 0) out[size++] = out[from++];
    }
  }
  return out.subarray(0, size);
}
