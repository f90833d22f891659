// Reads lines from a list in JSON and says how the browser's module reads each: normal form, tokens, root.
import { readFileSync } from 'node:fs';
import { encode, tree } from './verifier.mjs';

const lines = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(lines.map((line) => [tree.normalForm(line), ...[1, 2].map((version) => {
  const words = tree.tokens(line, version);
  return [words, words.length ? encode(tree.root(words, version)) : ''];
})])));
