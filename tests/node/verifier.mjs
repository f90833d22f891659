// A third verifier, in another language: captures and proofs, from "How the proof works" and Node's own hashes.
// The words of a text are read by the module that browsers get, so that it is held to the same examples.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const code = readFileSync(new URL('../../overrides/assets/word-tree.js', import.meta.url));
/** The browser's module; from its bytes, because Node takes a bare .js for a script of the older kind. */
export const tree = await import(`data:text/javascript;base64,${code.toString('base64')}`);

const number = (value) => { const raw = Buffer.alloc(4); raw.writeUInt32BE(value); return raw; };
const field = (value) => { const raw = Buffer.from(value); return Buffer.concat([number(raw.length), raw]); };
const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const byte = (value) => Buffer.from([value]);
export const encode = (bytes) => Buffer.from(bytes).toString('base64url');

export function decode(text, size) {
  const raw = Buffer.from(text, 'base64url');
  if (raw.length !== size || encode(raw) !== text) throw new Error(`${text} is not ${size} bytes`);
  return raw;
}

/** The digest of a capture as it stands in its file. */
export function digest(source, { date, method, extractor, url, by, extent, paragraphs }) {
  const rows = paragraphs.map((row) => (Array.isArray(row) ? row : [row, '']));
  return encode(hash(
    ...['summitry/1/capture', source, date, method, extractor, url, by, extent].map(field), number(rows.length),
    ...rows.map(([count, root]) => Buffer.concat([number(count), field(root ? decode(root, 32) : '')])),
  ));
}

/** The leaves below a node of the tree of salts, from the left. */
function expand(node, levels) {
  if (!levels) return [node];
  return [0, 1].flatMap((side) => expand(
    createHmac('sha256', node).update(byte(side)).digest().subarray(0, 16), levels - 1,
  ));
}

/** The nodes of the tree of salts over the words from `start` up to `end`, as [first leaf, levels]. */
export function cover(start, end) {
  const found = [];
  for (let at = start; at < end;) {
    let levels = 0;
    while (at % 2 ** (levels + 1) === 0 && at + 2 ** (levels + 1) <= end) levels += 1;
    found.push([at, levels]);
    at += 2 ** levels;
  }
  return found;
}

const KEPT = /[\p{L}\p{M}\p{N}\p{Sc}\p{Sm}\p{So}%‰&@#]/u;
const kept = (char) => KEPT.test(char) && !'<=>|~'.includes(char);

/** A chunk as punctuation, word, punctuation. */
export function apart(chunk) {
  const chars = [...chunk];
  const first = chars.findIndex(kept);
  const last = chars.findLastIndex(kept);
  if (first < 0) throw new Error(`no word in ${chunk}`);
  return [[0, first], [first, last + 1], [last + 1, chars.length]].map(([a, b]) => chars.slice(a, b).join(''));
}

/** Throws unless a proof leads to the root of its paragraph; `file` is that of the source's captures. */
export function check(proof, file) {
  const demand = (is, what) => { if (!is) throw new Error(what); };
  const capture = file.captures.find(({ date }) => date === proof.capture);
  demand(capture && file.source === proof.source, 'there is no such capture');
  demand(digest(proof.source, capture) === capture.digest, 'the capture is not as it was written');
  const row = capture.paragraphs[proof.paragraph - 1];
  demand(Array.isArray(row), 'there is no such paragraph, or it has no root');
  const [count, root, version = 1] = row;
  const words = proof.words.split(' ').map(apart);
  demand(words.length === proof.speech.length, 'words and speech do not fit');
  const [start, end] = [proof.start - 1, proof.start - 1 + words.length];
  demand(start >= 0 && start < end && end <= count && count <= 2 ** 20, 'there are no such words');
  const nodes = cover(start, end);
  demand(nodes.length === proof.salts.length, 'the number of salts is wrong');
  const salts = proof.salts.flatMap((salt, n) => expand(decode(salt, 16), nodes[n][1]));
  const siblings = proof.siblings.map((one) => decode(one, 32));
  const speech = { i: 'in', o: 'out', u: 'unknown' };
  const above = (low, high) => {
    if (high <= start || low >= end) {
      demand(siblings.length, 'a sibling is missing');
      return siblings.shift();
    }
    if (high - low === 1) {
      const said = speech[proof.speech[low - start]];
      demand(said, 'no such state of speech');
      return hash(byte(0), salts[low - start], number(low), ...[...words[low - start], said].map(field));
    }
    let size = 1;
    while (size * 2 < high - low) size *= 2;
    return hash(byte(1), above(low, low + size), above(low + size, high));
  };
  const top = above(0, count);
  demand(!siblings.length, 'a sibling is left over');
  demand(encode(hash(byte(2), field(String(version)), number(count), top)) === root, 'the root is another');
}
