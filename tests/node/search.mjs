// Where a quotation stands: every way to lay its pieces over the units of a text, by the rules for marks, punctuation,
// weight and speakers. `strict` false sets all rules aside; then it only tells whether they are what the words break.
import { begins, calls, differs, endsSentence, free, sameBetween, size, stops } from './compare.mjs';
import { cutsAfter, cutsBefore, negationBeside } from './edges.mjs';
import { ELLIPSIS } from './marks.mjs';
import { twoAcross, twoWithin } from './speakers.mjs';
import { disguised, listed, NUMERIC, primary, weigh, weightOf } from './weights.mjs';

const SHOWN_GAP = 12;
const SHORT_GAP = 3;
const MIN_PART = 2;
const MAX_BRACKET = 3;
const STRICT = { gap: 60, gaps: 3, replaced: 2 * MAX_BRACKET };
const LOOSE = { gap: 400, gaps: 40, replaced: 12 };

/** Every match, as { parts, gaps, edits, told }; `passages` are { paragraph, row }. */
export function* matches(pieces, passages, { language = '', sameSpeaker = false, printed = false, strict = true }) {
  const at = pieces.map((one) => Boolean(one.keys));
  const [first, last] = [at.indexOf(true), at.lastIndexOf(true)];
  if (first < 0) return;
  const core = pieces.slice(first, last + 1);
  const omits = core.some((one, n) => one.gap || (one.keys && (
    (n < core.length - 1 && ELLIPSIS.test(one.after)) || (n > 0 && ELLIPSIS.test(one.before)))));
  const most = { ...(strict ? STRICT : LOOSE), ...(printed ? { gaps: 0 } : {}) };
  const search = { core, passages, language, sameSpeaker, strict, most, omits };
  for (const [n, { row }] of passages.entries()) {
    for (let start = 0; start < row.length; start += 1) {
      if (!row[start] || (strict && begins(core[0]) !== begins(row[start]))) continue;
      const match = { parts: [[n, start, start]], gaps: [], edits: [], told: [], cases: [], unquoted: [] };
      for (const found of words(search, { piece: 0, passage: n, at: start, part: 0, match })) {
        const whole = completed(search, found, pieces.slice(0, first), pieces.slice(last + 1));
        if (whole) yield whole;
      }
    }
  }
}

const named = (marks) => (marks ? `“${marks}”` : 'no punctuation');

const stretched = (match, end) => ({
  ...match, parts: [...match.parts.slice(0, -1), [match.parts.at(-1)[0], match.parts.at(-1)[1], end]],
});

function* words(search, state) {
  const { core, passages, strict, language } = search;
  const [mine, theirs] = [core[state.piece], passages[state.passage].row[state.at]];
  if (!theirs || !mine.keys.has(theirs.key)) return;
  let match = stretched(state.match, state.at + 1);
  if (mine.edited) {
    const heavy = mine.key !== theirs.key && [mine, theirs].some(({ word }) => weightOf(word, language));
    if (strict && heavy) return;
    match = { ...match, edits: [...match.edits, [mine.word, theirs.word]] };
  } else match = { ...match, cases: [...match.cases, { mine: mine.word, theirs: theirs.word, first: !state.part }] };
  const next = { ...state, match, piece: state.piece + 1, at: state.at + 1, part: state.part + 1, last: theirs };
  const following = core[next.piece];
  const asked = strict && calls(mine.after) !== calls(theirs.after);
  if (!following) { if (!asked && partEnded(search, next)) yield match; }
  else if (following.keys) yield* beside(search, next, mine, theirs, following, asked);
  else if (!asked && (following.gap || stops(mine.after) === stops(theirs.after))) yield* onward(search, next);
}

function* onward(search, state) {
  const piece = search.core[state.piece];
  if (piece.bracket) yield* bracket(search, state, piece.bracket);
  else if (piece.gap) yield* omission(search, { ...state, piece: state.piece + 1 });
  else yield* words(search, state);
}

/** From one word of the quotation to the next: the source's next word, or one behind an ellipsis. */
function* beside(search, state, mine, theirs, following, asked) {
  const { row } = search.passages[state.passage];
  const between = mine.after + following.before;
  if (row[state.at]) {
    const printed = theirs.after + row[state.at].before;
    const figures = NUMERIC.test([...mine.word].at(-1)) && NUMERIC.test([...row[state.at].word][0]);
    let { match } = state;
    if (differs(between, printed)) {
      const told = `after “${mine.word}” stands ${named(between)}, the source has ${named(printed)}`;
      match = { ...match, told: [...match.told, told] };
    }
    if (sameBetween(between, printed, figures) || !search.strict) yield* words(search, { ...state, match });
    else if (sameBetween(between, printed.replace(/["״]/gu, ''), figures)) {
      const unquoted = [...match.unquoted, [state.passage, state.at]];
      yield* words(search, { ...state, match: { ...match, unquoted } });
    }
  }
  if (ELLIPSIS.test(between) && !asked) yield* omission(search, state);
}

const partEnded = ({ omits, strict }, { part }) => !strict || !omits || part >= MIN_PART;

function* omission(search, state) {
  const { passages, most, strict } = search;
  if (!partEnded(search, state) || state.match.gaps.length >= most.gaps) return;
  const { row } = passages[state.passage];
  for (let skipped = strict ? 1 : 0; skipped <= most.gap && state.at + skipped < row.length; skipped += 1) {
    yield* leap(search, state, state.passage, state.at + skipped, skipped);
  }
  const beyond = passages[state.passage + 1];
  if (beyond?.paragraph !== passages[state.passage].paragraph + 1) return;
  const rest = row.length - state.at;
  for (let at = 0; rest + at <= most.gap && at < beyond.row.length; at += 1) {
    const speech = beyond.row[at] ? [state.last.speech, beyond.row[at].speech] : [];
    if (speech.includes('unknown') || (speech.length && speech[0] === speech[1])) {
      yield* leap(search, state, state.passage + 1, at, rest + at);
    }
  }
}

function* leap(search, state, passage, at, skipped) {
  const piece = search.core[state.piece];
  const [own, other] = [state.passage, passage].map((n) => search.passages[n].row);
  if (piece.keys && !(other[at] && piece.keys.has(other[at].key))) return;
  const leftOut = own === other ? own.slice(state.at, at) : [...own.slice(state.at), ...other.slice(0, at)];
  let { match } = state;
  if (search.strict) {
    if (skipped <= SHOWN_GAP && !leftOut.every(Boolean)) return;
    const spoken = state.last.speech === 'in';
    const counted = leftOut.filter((one) => one && !(spoken && one.speech === 'out'));
    const heavy = weigh(counted, search.language);
    if (heavy.some(({ kind }) => kind === 'negations' || skipped <= SHORT_GAP)) return;
    const two = own === other ? twoWithin(own, state.at, at) : twoAcross(own, state.at, other, at);
    if (two && !search.sameSpeaker) return;
    if (two) match = { ...match, told: [...match.told, 'same speaker'] };
  }
  match = { ...match, gaps: [...match.gaps, skipped], parts: [...match.parts, [passage, at, at]] };
  yield* onward(search, { ...state, match, passage, at, part: 0 });
}

function* bracket(search, state, put) {
  const { row } = search.passages[state.passage];
  const here = row.slice(state.at, state.at + put.length);
  const printed = here.length === put.length && here.every((one, n) => one?.key === put[n].key)
    && here[0].before.includes('[') && here.at(-1).after.includes(']');
  const after = { ...state, piece: state.piece + 1 };
  if (printed) {
    const at = state.at + put.length;
    yield* onward(search, { ...after, at, part: state.part + put.length, match: stretched(state.match, at) });
  }
  const following = search.core[after.piece];
  const behind = put.at(-1).after + (following.keys ? following.before : '');
  for (let count = 0; count <= search.most.replaced; count += 1) {
    const replaced = row.slice(state.at, state.at + count);
    const commas = count && free(replaced.at(-1).after) !== free(behind);
    if (!search.strict || (!commas && allowed(search, put, replaced))) {
      const edit = [put.map(({ word }) => word).join(' '), replaced.map(({ word }) => word).join(' ')];
      const match = { ...state.match, edits: [...state.match.edits, edit] };
      yield* onward(search, { ...after, at: state.at + count, match: stretched(match, state.at + count) });
    }
    const next = row[state.at + count];
    if (!next || stops(next.after)) return;
  }
}

/** Whether a bracket may put words in, for none or some of the source's. */
function allowed({ language }, put, replaced) {
  return size(put) <= MAX_BRACKET && size(replaced) <= MAX_BRACKET
    && ![put, replaced].some((row) => weigh(row, language).length) && !disguised(put, language);
}

// ---------- what holds of the whole
function completed(search, match, lead, tail) {
  const { passages, strict, language, core } = search;
  if (strict && caseDiffers(match.cases, language)) return null;
  if (strict && match.unquoted.some(([n, at]) => partnerInside(passages[n].row, match, n, at))) return null;
  let whole = match;
  for (const [side, outer] of [['before', lead], ['after', tail]]) {
    whole = whole && withBrackets(search, whole, side, outer);
  }
  if (!whole) return null;
  const negations = [];
  for (const [side, outer] of [['before', lead], ['after', tail]]) {
    if (outer.some((piece) => piece.bracket)) continue;
    const part = whole.parts.at(side === 'before' ? 0 : -1);
    const edge = part[side === 'before' ? 1 : 2];
    const { row } = passages[part[0]];
    const mine = core.at(side === 'before' ? 0 : -1);
    const cuts = side === 'before' ? cutsBefore : cutsAfter;
    if (strict && cuts(row, edge, mine, language)) return null;
    const negation = negationBeside(row, edge, side, language);
    if (negation) negations.push(`a negation stands just ${side}: “${negation}”`);
  }
  return { ...whole, negations };
}

/** What brackets at an end stand for cannot be told: the source's word beside them is shown, and must not weigh. */
function withBrackets(search, match, side, outer) {
  let whole = match;
  for (const piece of outer.filter((one) => one.bracket)) {
    const near = piece === (side === 'before' ? outer.at(-1) : outer[0]);
    const part = whole.parts.at(side === 'before' ? 0 : -1);
    const { row } = search.passages[part[0]];
    const at = side === 'before' ? part[1] - 1 : part[2];
    const edge = row[side === 'before' ? at : at - 1];
    let beside = [];
    if (near && at >= 0 && at < row.length && !(edge && endsSentence(edge))) {
      if (!row[at]) return null;
      beside = [row[at]];
    }
    if (search.strict && !allowed(search, piece.bracket, beside)) return null;
    const edit = [piece.bracket.map(({ word }) => word).join(' '), '', ...beside.map(({ word }) => word)];
    whole = { ...whole, edits: side === 'before' ? [edit, ...whole.edits] : [...whole.edits, edit] };
  }
  return whole;
}

/** Whether a double mark that the quotation lacks has its partner among the quotation's words. */
function partnerInside(row, match, passage, at) {
  const [, start, end] = match.parts.find((part) => part[0] === passage && part[1] < at && at < part[2]);
  const run = row.slice(start, end);
  const here = at - start;
  const [closes, opens] = [run[here - 1].after.includes('"'), run[here].before.includes('"')];
  const opened = run.slice(1, here).some((one) => one.before.includes('"'));
  const closed = run.slice(here, -1).some((one) => one.after.includes('"'));
  return (closes && (opens || opened)) || (opens && closed);
}

/** Whether case differs more than it may. */
function caseDiffers(cases, language) {
  const plain = (word) => word.replaceAll('\u05f3', "'").replaceAll('\u05f4', '"').normalize('NFKC');
  const loud = (word) => [...word].length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  const initial = ({ mine, theirs }) => [...plain(mine)].slice(1).join('') === [...plain(theirs)].slice(1).join('');
  const inside = cases.filter((one) => plain(one.mine) !== plain(one.theirs) && !(one.first && initial(one)));
  const many = Math.max(...['mine', 'theirs'].map((side) => cases.filter((one) => loud(one[side])).length));
  if (!inside.length || (many >= 2 && many * 2 >= cases.length)) return false;
  const letters = inside.filter(initial);
  const larger = letters.filter(({ mine }) => /^\p{Uppercase}/u.test(mine)).length;
  return (larger > 0 && larger < letters.length) || letters.some(({ mine }) => listed(mine, 'capitonyms'))
    || (letters.length > 0 && ['de', 'lb'].includes(primary(language)))
    || inside.some((one) => !initial(one) && (!(loud(one.mine) || loud(one.theirs)) || listed(one.mine, 'acronyms')));
}
