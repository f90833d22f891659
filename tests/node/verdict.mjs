// The result of "When words count as found": what words are in a text or in what proofs open of it.
import { units } from './compare.mjs';
import { asPrinted, ELLIPSIS, pieces, unreadable } from './marks.mjs';
import { matches } from './search.mjs';
import { apart, tree } from './verifier.mjs';

/** The paragraphs of a text to compare with. */
export const passagesOf = (text) => tree.lines(text).map((line) => tree.tokens(line))
  .filter((tokens) => tokens.length).map((tokens, n) => ({ paragraph: n + 1, row: units(tokens) }));

/** What verified proofs of a capture open together: paragraphs in which the other words are hidden. */
export function opened(proofs, { paragraphs }) {
  const found = new Map();
  for (const { paragraph, start, words, speech } of proofs) {
    if (!found.has(paragraph)) found.set(paragraph, Array.from({ length: paragraphs[paragraph - 1][0] }, () => null));
    words.split(' ').forEach((chunk, n) => {
      found.get(paragraph)[start - 1 + n] = [...apart(chunk), { i: 'in', o: 'out', u: 'unknown' }[speech[n]]];
    });
  }
  return [...found].sort(([a], [b]) => a - b).map(([paragraph, row]) => ({ paragraph, row: units(row) }));
}

/** The result: { kind, gaps, edits, told }. `whole` says that the passages are all of the text. */
export function judge(words, passages, { language = '', sameSpeaker = false, whole = true } = {}) {
  const result = (kind, { gaps = [], edits = [], told = [], negations = [] } = {}) => (
    { kind, gaps, edits, told: [...told, ...negations] });
  if (unreadable(words)) return result('unreadable');
  if (!passages.length) return result('unknown');
  const how = { language, sameSpeaker };
  const best = least(matches(asPrinted(words), passages, { ...how, printed: true }))
    ?? least(matches(pieces(words), passages, how));
  if (best) return result(best.edits.length ? 'edited' : best.gaps.length ? 'abridged' : 'verbatim', best);
  if (breaksRule(pieces(words), passages, how) || similar(pieces(words), passages)) return result('altered');
  return result(whole ? 'absent' : 'unknown');
}

/** The match that leaves out fewest words, then has fewest brackets, then fewest negations beside it. */
function least(found) {
  const cost = ({ gaps, edits, negations }) => [gaps.reduce((a, b) => a + b, 0), edits.length, negations.length];
  const order = (a, b) => cost(a).map((one, n) => one - cost(b)[n]).find(Boolean) ?? 0;
  return [...found].sort(order)[0];
}

const any = (found) => !found.next().done;

/** Whether the words would stand if a rule were not, in another order, or over the break of a paragraph. */
function breaksRule(found, passages, how) {
  if (any(matches(found, passages, { ...how, strict: false }))) return true;
  const parts = partsOf(found);
  if (parts.length > 1 && parts.every((part) => any(matches(part, passages, how)))) return true;
  return runsOf(passages).some((run) => run.length > 1 && any(matches(
    found, [{ paragraph: run[0].paragraph, row: run.flatMap(({ row }) => row) }], how,
  )));
}

/** The words between omissions. */
function partsOf(found) {
  const parts = [[]];
  for (const piece of found) {
    if (piece.gap) parts.push([]);
    if (!piece.keys) continue;
    const ends = ELLIPSIS.test(piece.after);
    parts.at(-1).push(ends ? { ...piece, after: piece.after.replace(/\.{3,}/gu, '') } : piece);
    if (ends) parts.push([]);
  }
  return parts.filter((part) => part.length);
}

/** Paragraphs that follow one another. */
function runsOf(passages) {
  const runs = [];
  for (const one of passages) {
    if (runs.at(-1)?.at(-1).paragraph === one.paragraph - 1) runs.at(-1).push(one);
    else runs.push([one]);
  }
  return runs;
}

// ---------- something similar
const SLACK = 3;
const LONG = 120;

/** Whether half of the words, or three quarters of the letters of a few, stand in a paragraph. */
function similar(found, passages) {
  const mine = found.flatMap((piece) => (piece.keys ? [piece] : piece.bracket ?? [])).map(({ key }) => key);
  const runs = passages.flatMap(({ row }) => openRuns(row));
  return runs.some((theirs) => alikeInWords(mine, theirs) || alikeInLetters(mine, theirs));
}

function openRuns(row) {
  const runs = [[]];
  for (const one of row) { if (one) runs.at(-1).push(one.key); else runs.push([]); }
  return runs.filter((run) => run.length);
}

/** The longest run that two rows share, the first of several: [in mine, in theirs, length]. */
function longest(mine, theirs) {
  let best = [0, 0, 0];
  let row = [];
  mine.forEach((one, a) => {
    row = theirs.map((other, b) => (one === other ? (b ? previous(row, b) : 0) + 1 : 0));
    row.forEach((size, b) => { if (size > best[2]) best = [a - size + 1, b - size + 1, size]; });
  });
  return best;
}
const previous = (row, b) => row[b - 1] ?? 0;

/** What two rows share: the longest run, and likewise on its left and on its right. */
function shared(mine, theirs, left = 0, right = 0) {
  const [a, b, size] = longest(mine, theirs);
  if (!size) return [];
  return [
    ...shared(mine.slice(0, a), theirs.slice(0, b), left, right), [left + a, right + b, size],
    ...shared(mine.slice(a + size), theirs.slice(b + size), left + a + size, right + b + size),
  ];
}

const total = (blocks) => blocks.reduce((sum, [, , size]) => sum + size, 0);

function alikeInWords(mine, theirs) {
  const [a, b, size] = longest(mine, theirs);
  if (!size) return false;
  const window = theirs.slice(Math.max(0, b - a - SLACK), b + mine.length - a + SLACK);
  const blocks = shared(mine, window);
  // What the source has before and behind the shared words counts only as far as the quotation has words there.
  const [first, last] = [blocks[0], blocks.at(-1)];
  const before = Math.min(first[0], first[1]);
  const behind = Math.min(mine.length - last[0] - last[2], window.length - last[1] - last[2]);
  const length = last[1] + last[2] + behind - (first[1] - before);
  const same = total(blocks);
  return 2 * same >= 0.5 * (mine.length + length) && (same > 1 || mine.length <= 3);
}

function alikeInLetters(mine, theirs) {
  const wanted = mine.join(' ');
  if (mine.length > 4 || wanted.length > LONG) return false;
  return [mine.length - 1, mine.length, mine.length + 1].filter((count) => count > 0).some((count) => (
    theirs.some((_, at) => {
      const there = theirs.slice(at, at + count).join(' ');
      if (at + count > theirs.length || there.length > LONG) return false;
      const same = total(shared([...wanted], [...there]));
      return 2 * same >= 0.75 * ([...wanted].length + [...there].length);
    })));
}
