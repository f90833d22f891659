// Markers that show what they should, but for what the script element says.
const told = document.currentScript.dataset;
const make = (tag, props, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const title = (marker) => document.querySelector(`${marker.hash} cite`).textContent;
let touched = false;
addEventListener('pointerdown', (event) => { touched = event.pointerType === 'touch'; });
for (const marker of told.silent ? [] : document.querySelectorAll('.cite')) {
  const tip = make('p', { hidden: true, textContent: title(marker) });
  tip.setAttribute('role', 'tooltip');
  const close = make('button', { textContent: 'Close' });
  const link = told.lost ? '' : make('a', { href: marker.href, textContent: 'In the list' });
  const card = make('div', { hidden: true }, make('p', { textContent: title(marker) }), link, close);
  card.setAttribute('role', 'dialog');
  close.onclick = () => { card.hidden = true; if (!told.lost) marker.focus(); };
  document.body.append(tip, card);
  marker.addEventListener('pointerenter', (event) => { tip.hidden = event.pointerType === 'touch'; });
  marker.addEventListener('pointerleave', () => { tip.hidden = true; });
  marker.addEventListener('click', (event) => {
    if (touched) { event.preventDefault(); card.hidden = false; close.focus(); }
  });
}
