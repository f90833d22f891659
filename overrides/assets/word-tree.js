// The format of "How the proof works": a text becomes paragraphs, words and roots. Pure functions that
// know no page, so that a browser and tests/node run the same file. A token is [before, word, after, speech].
const REMOVED = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
const SINGLE = /[\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u0060\u00b4\u2039\u203a\uff07]/gu;
const DOUBLE = /[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f\uff02]/gu;
const BLANKS = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gu;
const LINE_ENDS = /\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/u;
const SPACED_STOPS = /\u2026|(?<!\.)\. \. \.(?!\.)/gu;
const INNER_STOPS = /(?<=[\p{L}\p{N}_])\.{3,}(?=[\p{L}\p{N}_])/gu;
const SHORT = '\\-\\u2010-\\u2013\\u2212';
const LONG = '\\u2014\\u2015\\u2e3a\\u2e3b';
const SHORT_DASH = new RegExp(`[${SHORT}]`, 'gu');
const SEPARATOR = new RegExp([
  `[${SHORT}${LONG}]*[${LONG}][${SHORT}${LONG}]*`, `[${SHORT}]{2,}`, `(?<![^ ])[${SHORT}](?![^ ])`,
  '(?<= )[\\u2012\\u2013\\u2212](?=[^ \\p{Nd}])', '[\\u2012\\u2013\\u2212](?= )',
].join('|'), 'gu');
const SEPARATORS = / *\u2014(?: *\u2014)* */gu;
const KEPT = /[\p{L}\p{M}\p{N}\p{Sc}\p{Sm}\p{So}%‰&@#]/u;
const NOT_KEPT = new Set('<=>|~');
const OPENERS = new Set(' ([{');
const PAIRS = new Map([['"', '"'], ['「', '」'], ['『', '』']]);
const OPENING = /[\p{Ps}\p{Pi}]/u;
const MARK = /\p{M}/u;
// Version 2: characters of scripts without blanks. Each is a word.
const UNSPACED = new RegExp('[\\u0e01-\\u0e30\\u0e32\\u0e33\\u0e40-\\u0e46\\u0e81-\\u0eb0\\u0eb2\\u0eb3'
  + '\\u0ec0-\\u0ec6\\u0edc-\\u0edf\\u0f40-\\u0f6c\\u1000-\\u102a\\u103f\\u1050-\\u1055\\u1780-\\u17b3'
  + '\\u3005-\\u3007\\u3031-\\u3035\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff'
  + '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}]', 'u');

/** Of a paragraph that has a root. */
export const MIN_WORDS = 12;
/** The version whose seed takes time, and how many rounds it takes. */
export const SLOW = 3;
const ROUNDS = 300_000;

/** The lines of a text, by every character that ends one. */
export const lines = (text) => text.split(LINE_ENDS);

/** A line in normal form: chunks between single spaces. */
export function normalForm(line) {
  const text = line.normalize('NFC').replace(REMOVED, '').normalize('NFC')
    .replace(SINGLE, "'").replace(DOUBLE, '"').replace(BLANKS, ' ');
  return trimmed(trimmed(text).replace(SPACED_STOPS, '...').replace(INNER_STOPS, '$& ')
    .replace(SEPARATOR, '\u2014').replace(SEPARATORS, ' \u2014 ')).replace(SHORT_DASH, '-');
}
const trimmed = (text) => text.replace(/^ +/u, '').replace(/ +$/u, '');

const kept = (char) => KEPT.test(char) && !NOT_KEPT.has(char);

/** Whether a line is read by version 2: it holds a character of a script without blanks. */
export const hasCharacters = (line) => UNSPACED.test(normalForm(line));

/** The words of a line, by the version of the format that is asked for. */
export function tokens(line, version = SLOW) {
  const chars = [...normalForm(line)];
  const single = version !== 1 && chars.some((char) => UNSPACED.test(char));
  const { opening, speech } = single ? speechInPairs(chars) : speechInMarks(chars);
  const found = [];
  const behind = (marks) => { found[found.length - 1][2] += marks; };
  let waiting = '';
  for (const [base, end] of chunks(chars)) {
    const part = (from, to) => chars.slice(from, to).join('');
    const spans = single ? spansOfCharacters(chars, base, end) : spanOfChunk(chars, base, end);
    let low = base;
    spans.forEach(([from, to], n) => {
      // Between two words of a chunk, what opens belongs to the second and what stands before to the first.
      let turn = low;
      if (n) {
        while (turn < from && !opening.has(turn) && !OPENING.test(chars[turn])) turn += 1;
        behind(part(low, turn));
      }
      found.push([waiting + part(turn, from), part(from, to), '', speech[from]]);
      waiting = '';
      low = to;
    });
    const opens = !spans.length && chars.slice(base, end).some((_, at) => opening.has(base + at));
    if (found.length && !opens) behind(part(low, end)); else waiting += part(low, end);
  }
  if (found.length) behind(waiting);
  return found;
}

/** Where the chunks of a line stand, as [first, behind the last] of its characters. */
function* chunks(chars) {
  let base = 0;
  for (let at = 0; at <= chars.length; at += 1) {
    if (at === chars.length || chars[at] === ' ') { yield [base, at]; base = at + 1; }
  }
}

function spanOfChunk(chars, base, end) {
  let [from, to] = [base, end];
  while (from < to && !kept(chars[from])) from += 1;
  while (to > from && !kept(chars[to - 1])) to -= 1;
  return from < to ? [[from, to]] : [];
}

function spansOfCharacters(chars, base, end) {
  const found = [];
  for (let at = base; at < end;) {
    let to = at + 1;
    if (UNSPACED.test(chars[at])) {
      while (to < end && MARK.test(chars[to])) to += 1;
      found.push([at, to]);
    } else {
      while (to < end && !UNSPACED.test(chars[to])) to += 1;
      found.push(...spanOfChunk(chars, at, to));
    }
    at = to;
  }
  return found;
}

/** Version 1: where double marks open, and for each character whether it stands between them. */
function speechInMarks(chars) {
  const opening = new Set();
  const speech = [];
  let inside = false;
  let broken = false;
  chars.forEach((char, at) => {
    if (char === '"') {
      const opens = at === 0 || OPENERS.has(chars[at - 1]);
      broken ||= opens === inside;
      inside = opens;
      if (opens) opening.add(at);
    }
    speech.push(inside ? 'in' : 'out');
  });
  return broken || inside ? { opening: new Set(), speech: speech.fill('unknown') } : { opening, speech };
}

/** Version 2: the marks of speech stand within one another. */
function speechInPairs(chars) {
  const opening = new Set();
  const closing = [];
  const speech = chars.map((char, at) => {
    if (closing.at(-1) === char) closing.pop();
    else if (PAIRS.has(char)) { closing.push(PAIRS.get(char)); opening.add(at); }
    return closing.length ? 'in' : 'out';
  });
  return { opening, speech: closing.length ? speech.fill('unknown') : speech };
}

// ---------- bytes
const encoder = new TextEncoder();

function joined(parts) {
  const found = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) { found.set(part, at); at += part.length; }
  return found;
}

const number = (value) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

function field(value) {
  const raw = encoder.encode(value);
  return joined([number(raw.length), raw]);
}

const tokenBytes = (token) => joined(token.map(field));

/** Bytes in base64 for URLs, without padding. */
export const encoded = (bytes) => btoa(String.fromCharCode(...bytes))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// ---------- hashes: of our own, because a browser gives its own one by one, later, and over HTTPS alone
const primes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p)) found.push(n);
  return found;
};
const fraction = (value) => (value - Math.floor(value)) * 2 ** 32;
const K = Int32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(primes(8), (p) => fraction(Math.sqrt(p)));
const W = new Int32Array(64);
const turned = (x, n) => (x >>> n) | (x << (32 - n));

/** SHA-256 (FIPS 180-4) of bytes. */
export function sha256(bytes) {
  const blocks = (bytes.length + 72) >>> 6;
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length / 2 ** 29);
  view.setUint32(padded.length - 4, bytes.length << 3);
  const words = Int32Array.from({ length: blocks * 16 }, (_, n) => view.getInt32(n * 4));
  const state = Int32Array.from(START);
  for (let at = 0; at < words.length; at += 16) compress(state, words, at);
  const found = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => found.setInt32(n * 4, word));
  return new Uint8Array(found.buffer);
}

/** One block of 16 words, from `at` on, goes into the state. */
function compress(state, words, at) {
  for (let n = 0; n < 16; n += 1) W[n] = words[at + n];
  for (let n = 16; n < 64; n += 1) {
    const x = W[n - 15];
    const y = W[n - 2];
    W[n] = W[n - 16] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + W[n - 7]
      + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
  }
  let a = state[0]; let b = state[1]; let c = state[2]; let d = state[3];
  let e = state[4]; let f = state[5]; let g = state[6]; let h = state[7];
  for (let n = 0; n < 64; n += 1) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + W[n]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const hash = (...parts) => sha256(joined(parts));

/** HMAC-SHA-256 (RFC 2104) with a key of at most 64 bytes. */
export function hmac(key, message) {
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = new Uint8Array(64).fill(pad);
    key.forEach((byte, n) => { block[n] ^= byte; });
    return block;
  });
  return hash(outer, hash(inner, message));
}

/** PBKDF2 (RFC 8018) with HMAC-SHA-256, of which the first block is enough: 32 bytes. */
export function pbkdf2(secret, salt, rounds) {
  const inWords = (bytes) => Int32Array.from({ length: bytes.length / 4 }, (_, n) => (
    new DataView(bytes.buffer, bytes.byteOffset).getInt32(n * 4)));
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = new Uint8Array(64).fill(pad);
    secret.forEach((byte, n) => { block[n] ^= byte; });
    const state = Int32Array.from(START);
    compress(state, inWords(block), 0);
    return state;
  });
  const block = new Int32Array(16); // 32 bytes behind the block of a pad
  block.set(inWords(hmac(secret, joined([salt, number(1)]))));
  block[8] = 0x80 << 24;
  block[15] = 96 * 8;
  const found = block.slice(0, 8);
  const state = new Int32Array(8);
  for (let round = 1; round < rounds; round += 1) {
    state.set(inner);
    compress(state, block, 0);
    block.set(state);
    state.set(outer);
    compress(state, block, 0);
    block.set(state);
    for (let n = 0; n < 8; n += 1) found[n] ^= state[n];
  }
  const view = new DataView(new ArrayBuffer(32));
  found.forEach((word, n) => view.setInt32(n * 4, word));
  return new Uint8Array(view.buffer);
}

// ---------- the tree
const [LEFT, RIGHT] = [Uint8Array.of(0), Uint8Array.of(1)];

/** The seed of a paragraph's salts, from all its tokens. */
export const seed = (words, version = 1) => hash(field(`summitry/${version}/seed`), ...words.map(tokenBytes))
  .subarray(0, 16);

/** The seed by version 3. The browser's own PBKDF2 is quicker, where it gives it. */
export async function slowSeed(words) {
  const label = `summitry/${SLOW}/seed`;
  const secret = hash(field(label), ...words.map(tokenBytes));
  const salt = encoder.encode(label);
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return pbkdf2(secret, salt, ROUNDS).subarray(0, 16);
  const key = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return new Uint8Array(await subtle.deriveBits(how, key, 128));
}

/** One salt a word, from the seed. */
export function salts(words, version = 1, top = seed(words, version)) {
  let row = [top];
  let levels = 0;
  while (2 ** levels < words.length) levels += 1;
  for (; levels; levels -= 1) {
    row = row.flatMap((node) => [LEFT, RIGHT].map((side) => hmac(node, side).subarray(0, 16)))
      .slice(0, Math.ceil(words.length / 2 ** (levels - 1))); // the others have no word below them
  }
  return row;
}

/** The hash of each word with its salt and its place. */
export const leaves = (words, version = 1, top = undefined) => salts(words, version, top)
  .map((salt, n) => hash(Uint8Array.of(0), salt, number(n), tokenBytes(words[n])));

function above(row, from, to) {
  if (to - from === 1) return row[from];
  let size = 1;
  while (size * 2 < to - from) size *= 2;
  return hash(Uint8Array.of(1), above(row, from, from + size), above(row, from + size, to));
}

/** The root of a paragraph, which has at least one word; of version 3 with its `slowSeed` as `top`. */
export const root = (words, version = 1, top = undefined) => hash(
  Uint8Array.of(2), field(String(version)), number(words.length),
  above(leaves(words, version, top), 0, words.length),
);
