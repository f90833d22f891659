// "Two speakers": whether an omission joins the words of two people.
import { calls, endsSentence } from './compare.mjs';
import { listed } from './weights.mjs';

const KINDS = [['"', '"'], ["'", "'"], ['「', '」'], ['『', '』'], ['״', '״'], ['"\'「『״', '"\'」』״']];
const ALL = KINDS.at(-1);
const MOST_BETWEEN = 12;
const LABEL_WORDS = 4;
const holds = (text, marks) => [...text].some((char) => marks.includes(char));
const capital = (one) => /^\p{Uppercase}/u.test(one.word);
const length = (word) => [...word].length;

/** The marks of a kind between the first unit of a run and its last. */
function marksIn(run, kind) {
  return run.flatMap((one, at) => {
    if (!one) return [];
    const found = [];
    if (at && holds(one.before, kind[0])) found.push({ at, closes: false });
    if (at + 1 < run.length && closes(one, kind)) found.push({ at, closes: true });
    return found;
  });
}

/** Whether a quotation ends behind a word; the apostrophe alone behind an s ends none. */
const closes = ({ word, after }, kind) => !(after === "'" && /[sS]$/u.test(word)) && holds(after, kind[1]);

/** Whether marks have blanks on both sides, so that all seem to close: no word but the first has one before it. */
function spaced(row) {
  const known = row.filter(Boolean);
  return known.every(({ speech }) => speech === 'unknown')
    && !known.slice(1).some(({ before }) => before.includes('"'));
}

/** Marks that all seem to close: every second one opens, or the first; it belongs to the next word. */
function inTurn(marks, opens) {
  if (!marks.every((mark) => mark.closes)) return marks;
  return marks.map(({ at }, n) => ((n % 2 === 0) !== opens ? { at, closes: true } : { at: at + 1, closes: false }));
}

/** Whether an even number of double marks stands before the end of a word, and none may be hidden. */
function even(row, at) {
  const before = row.slice(0, at);
  const marks = before.map((one) => (one ? one.before + one.after : '')).join('') + (row[at]?.before ?? '');
  return before.every(Boolean) && marks.split('"').length % 2 === 1;
}

/** Whether omitting the units from `end` up to `start` of one paragraph joins two people's words. */
export function twoWithin(row, end, start) {
  const run = row.slice(end - 1, start + 1);
  const open = run.every(Boolean);
  for (const kind of KINDS) {
    let marks = marksIn(run, kind);
    if (kind === KINDS[0] && marks.length > 1 && spaced(row)) {
      marks = inTurn(marks, even(row, end - 1 + marks[0].at));
    }
    if (marks.length > 1 && marks[0].closes && !marks.at(-1).closes) {
      return !(open && marks.length === 2 && interrupted(row, end - 1, marks, kind));
    }
  }
  const [last, first] = [run[0], run.at(-1)];
  const spoken = (one) => one?.speech === 'in';
  if (!open && spoken(last) && marksIn(run, ALL).some((mark) => !mark.closes || spoken(first))) return true;
  const asked = run.slice(0, -1).some((one) => one && calls(one.after) === '?');
  if (asked && !(spoken(first) && spoken(last))) return true;
  return row.slice(end, start).some((_, n) => (
    row[end + n - 1] && endsSentence(row[end + n - 1]) && label(row.slice(end + n, start))));
}

/** Whether omitting from `end` of one paragraph to `start` of the next joins two people's words. */
export function twoAcross(own, end, other, start) {
  const theirs = label(other);
  if (theirs && theirs !== label(own)) return true;
  if (/^[—-]/u.test(other[0]?.before ?? '')) return true;
  const tail = own.slice(end - 1);
  let goesOn = false;
  for (const kind of KINDS) {
    const left = marksIn([...tail, null], kind);
    let right = marksIn([null, ...other.slice(0, start + 1)], kind);
    if (kind === KINDS[0] && spaced(other)) right = inTurn(right, true);
    if (left.some((mark) => mark.closes) && right.length && !right.at(-1).closes) return true;
    goesOn ||= right.length === 1 && right[0].at === 1 && !left.length;
  }
  return !goesOn && tail.some((one) => one && calls(one.after) === '?');
}

/** Whether a reporter only interrupts a speech. */
function interrupted(row, at, marks, kind) {
  const [closing, opening] = marks.map((mark) => at + mark.at);
  const between = row.slice(closing + 1, opening);
  const [last, first] = [row[closing], row[opening]];
  if (!between.length || between.length > MOST_BETWEEN) return false;
  if (endsSentence(last) && !last.after.includes('!') && !last.after.includes('...')) return false;
  if (between.slice(0, -1).some(fullStop) || between.at(-1).after.includes(':')) return false;
  const ended = endsSentence(between.at(-1)) || between.at(-1).after.includes(';');
  if (!ended && capital(first)) return false;
  return !attributed(row, opening, kind);
}

/** Whether a sentence ends behind a word that is no abbreviation such as Mr. */
const fullStop = (one) => endsSentence(one) && !(capital(one) && length(one.word) <= 3);

/** Whether words behind a quotation say whose it is. */
function attributed(row, opening, kind) {
  let end = opening;
  while (row[end] && !closes(row[end], kind)) end += 1;
  const following = row.slice(end + 1, end + 1 + MOST_BETWEEN);
  if (!row[end] || !following[0]) return false;
  const [first] = following[0].word;
  const caseless = first.toLowerCase() === first.toUpperCase();
  const small = /\p{Lowercase}/u.test(first);
  if (!row[end].after.includes(',') && !small && !(caseless && !endsSentence(row[end]))) return false;
  const hidden = following.indexOf(null);
  const known = hidden < 0 ? following : following.slice(0, hidden);
  const stop = known.findIndex(endsSentence);
  const clause = stop < 0 ? known : known.slice(0, stop + 1);
  if (caseless) return !(continuing(clause[0]) && clause[0].after);
  return clause.some(capital) || !clause.some(continuing);
}

const continuing = ({ word }) => word.split('-').some((part) => listed(part, 'continuing'));

/** What names the speaker at the beginning of a row, or nothing. */
function label(row) {
  const said = [];
  for (const one of row.slice(0, LABEL_WORDS)) {
    if (!one || !(capital(one) || (said.length && /^\p{Nd}/u.test(one.word)))) return '';
    said.push(one.word);
    if (/^[:：]/u.test(one.after)) return said.join(' ');
    if (!['', '.', ')'].includes(one.after)) return '';
  }
  return '';
}
