// What the theme's script keeps of a reader, and where: it expects these four names. The theme writes
// them into each page; here no script stands in a page, so that a policy can forbid it.
const scope = new URL('..', document.currentScript.src);
const key = (name, within) => `${within.pathname}.${name}`;
Object.assign(window, {
  __md_scope: scope,
  __md_hash: (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0),
  __md_get: (name, store = localStorage, within = scope) => JSON.parse(store.getItem(key(name, within))),
  __md_set: (name, value, store = localStorage, within = scope) => {
    try { store.setItem(key(name, within), JSON.stringify(value)); } catch { /* this visit only */ }
  },
});
