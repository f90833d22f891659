// "When words count as found": what is compared. A unit is a word with its punctuation, its state of speech and its
// key, by which words are the same; null is a word that a proof hides.
import { apart, tree } from './verifier.mjs';

const STOP = '.,;:?!';
const MARK = '(?:(?:\\[(?:\\p{Nd}{1,3}|[a-z])\\])+|[⁰¹²³⁴-⁹]+)';
const BEHIND_STOP = new RegExp(`(?:(?<=\\p{L}[${STOP}"'])|(?<=\\p{L}[${STOP}]["']))${MARK}(?!\\p{Nd})`, 'gu');
const BEHIND_WORD = /(?:(?<=\p{L}{2})(?:\[\p{Nd}{1,3}\])+|(?<=\p{L}{5})[⁰¹²³⁴-⁹]+)(?![\p{L}\p{N}_])/gu;
const SENTENCE_END = /[.?!]{1,2}["')\]]*/gu;
const HEBREW = /[\u05d0-\u05ea]/u;

/** Whether a word begins with a character of version 2. */
export const isCharacter = (word) => tree.hasCharacters([...word][0] ?? '');
const holdsCharacters = (text) => tree.hasCharacters(text);

/** A word without regard to case; ß is not ss, and marks of Hebrew abbreviations are those of a keyboard. */
export const folded = (word) => word.replace(/[^ßẞı]+/gu, (part) => part.toUpperCase().toLowerCase())
  .replaceAll('ẞ', 'ß').replaceAll('ς', 'σ').replaceAll('\u05f4', '"').replaceAll('\u05f3', "'");

const unit = (before, word, after, speech = 'unknown') => ({ before, word, after, speech, key: folded(word) });

/** Punctuation, word and punctuation of a chunk; without a word all is punctuation before. */
export function parted(chunk) {
  try { return apart(chunk); } catch { return [chunk, '', '']; }
}

function withoutFootnotes(chunk, printed) {
  let plain = chunk.replace(BEHIND_STOP, '');
  if (printed) plain = plain.replace(BEHIND_WORD, '');
  return parted(plain)[1] ? plain : chunk;
}

/** A chunk as the sentences that are run together in it. */
function sentences(chunk) {
  if (/:\/\/|@|^www\./u.test(chunk)) return [chunk];
  const places = [0];
  for (const found of chunk.matchAll(SENTENCE_END)) {
    const end = found.index + found[0].length;
    if (endsHere([...chunk.slice(0, found.index)].slice(-2), chunk.slice(end))) places.push(end);
  }
  return places.map((at, n) => chunk.slice(at, places[n + 1]));
}

function endsHere(last, rest) {
  const first = [...rest.replace(/^["'([]+/u, '')].slice(0, 2);
  if (last.length < 2 || !first.length || !/[\p{L}\p{N}]/u.test(last[0])) return false;
  if (/\p{Uppercase}/u.test(first[0]) && first[1] !== '.') return /[\p{Lowercase}\p{Nd}]/u.test(last[1]);
  const caseless = (char) => /\p{L}/u.test(char) && char.toLowerCase() === char.toUpperCase();
  return first.length === 2 && [...last, ...first].every(caseless);
}

/** A part as its characters, each with its punctuation, if it has words of version 2. */
function characters(part) {
  if (!holdsCharacters(part)) return [part];
  return tree.tokens(part).map(([before, word, after]) => before + word + after);
}

/** A word of the format as the words that are compared. */
function split([before, word, after, speech], printed) {
  const found = [];
  for (const part of sentences(withoutFootnotes(before + word + after, printed)).flatMap(characters)) {
    const [front, inner, behind] = parted(part);
    if (inner) {
      const foreign = HEBREW.test(inner) || (inner !== word && holdsCharacters(inner));
      found.push(unit(front, inner, behind, speech === 'out' && foreign ? 'unknown' : speech));
    } else if (found.length) found.at(-1).after += part;
  }
  return found.length ? found : [unit(before, word, after, speech)];
}

/** The words of a paragraph of a source; null where one is hidden. */
export const units = (tokens) => tokens.flatMap((token) => (token ? split(token, true) : [null]));

/** The words of a quotation, or a part of one, in normal form. */
export function written(normal) {
  const found = [];
  let waiting = '';
  for (const chunk of normal.split(' ')) {
    const [before, word, after] = parted(chunk);
    if (word) { found.push([waiting + before, word, after, 'unknown']); waiting = ''; }
    else if (found.length) found.at(-1)[2] += chunk;
    else waiting += chunk;
  }
  return found.flatMap((token) => split(token, false));
}

// ---------- punctuation
const FREE = /[,;:— ،؛，、；：]/gu;
const TURN = /[.?!]"*—/u; // a dash behind the end of a sentence begins another's words in dialogues
const FULL_STOPS = /[.。．｡۔।։።]/u;
const CALLS = { '？': '?', '！': '!', '؟': '?', '?': '?', '!': '!' };
const spoken = (text) => text.split('"')[0];
const alike = (text) => [...text].map((char) => {
  if ('\'"״׳「」『』'.includes(char)) return '"';
  return FULL_STOPS.test(char) ? '.' : CALLS[char] ?? char;
}).join('');
const callsIn = (text) => [...text].map((char) => CALLS[char] ?? '').join('');

/** The questions and exclamations behind a word, up to where a quotation closes. */
export const calls = (text) => callsIn(spoken(text));

/** The marks behind a word that end a sentence, up to where a quotation closes. */
export const stops = (text) => [...spoken(text)]
  .map((char) => (FULL_STOPS.test(char) ? '.' : CALLS[char] ?? '')).join('');

/** What counts before the first word: a question or exclamation, and a minus before what is no letter. */
export const begins = ({ before, word }) => callsIn(before)
  + (before.endsWith('-') && !/^\p{L}/u.test(word) ? '-' : '');

/** Whether the punctuation between two words is the same, or may differ. */
export function sameBetween(mine, theirs, figures) {
  const [a, b] = [alike(mine), alike(theirs)];
  return a === b || (!figures && TURN.test(a) === TURN.test(b) && a.replace(FREE, '') === b.replace(FREE, ''));
}

/** Whether it differs so that it is told. */
export const differs = (mine, theirs) => alike(mine) !== alike(theirs);

/** The marks that may differ, without dashes and blanks. */
export const free = (text) => (text.match(FREE) ?? []).filter((char) => !'— '.includes(char)).join('');

export const endsSentence = ({ after }) => [...after].some((char) => FULL_STOPS.test(char) || CALLS[char]);
export const endsClause = (one) => endsSentence(one) || /[;:—؛；：]/u.test(one.after);

/** How many words these are; of scripts without blanks, two characters count as one. */
export function size(words) {
  const single = words.filter(({ word }) => isCharacter(word)).length;
  return words.length - single + Math.ceil(single / 2);
}
