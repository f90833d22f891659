// A preview that does all that it should, but for what its script element says.
const told = { delay: 500, words: 'Who this is.', ...document.currentScript.dataset };
const link = document.querySelector('a[href^="people"]');
const tip = Object.assign(document.createElement('p'), { id: 'tip', hidden: true, textContent: told.words });
tip.setAttribute('role', 'tooltip');
tip.style.cssText = 'position: fixed; left: 8px; margin: 0; padding: 8px; min-height: 24px; background: #eee';
document.body.append(tip);
if (told.described === 'always') link.setAttribute('aria-describedby', 'tip');

let timer;
const show = () => {
  tip.hidden = false;
  tip.style.top = `${link.getBoundingClientRect().bottom + 4}px`;
  if (told.described !== 'no') link.setAttribute('aria-describedby', 'tip');
};
const hide = () => {
  if (told.stays) return;
  tip.hidden = true;
  if (told.described !== 'always') link.removeAttribute('aria-describedby');
};
const soon = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };

link.addEventListener('pointerenter', (event) => {
  if (event.pointerType !== 'touch') soon(show, told.delay);
});
link.addEventListener('pointerleave', () => (told.leaves ? hide() : soon(hide, 300)));
tip.addEventListener('pointerenter', () => clearTimeout(timer));
tip.addEventListener('pointerleave', () => soon(hide, 300));
if (told.focus !== 'no') {
  link.addEventListener('focus', () => { if (link.matches(':focus-visible')) soon(show, told.delay); });
  link.addEventListener('blur', () => soon(hide, 0));
}
addEventListener('keydown', (event) => { if (event.key === 'Escape') soon(hide, 0); });
addEventListener('scroll', () => soon(hide, 0));
if (told.touch) {
  link.addEventListener('click', (event) => { if (tip.hidden) { event.preventDefault(); show(); } });
}
