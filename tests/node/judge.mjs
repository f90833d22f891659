// Judges wordings from a list in JSON: [words, passages, language, whether an editor states one speaker,
// whether the passages are all of the text]. A passage is [its number, its words as the format reads them,
// null where one is hidden].
import { readFileSync } from 'node:fs';
import { units } from './compare.mjs';
import { judge } from './verdict.mjs';

const given = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(given.map(([words, passages, language, sameSpeaker, whole]) => {
  const rows = passages.map(([paragraph, tokens]) => ({ paragraph, row: units(tokens) }));
  const { kind, gaps, edits, told } = judge(words, rows, { language, sameSpeaker, whole });
  return { kind, gaps, edits, told };
})));
