// A quotation in another page. Inside the frame: say how high the words are, and take the colours of the page
// around it. In that page: make the frame as high, and say whether the page is dark.
const SAID = 'summitry-embed';
if (window.parent === window) {
  const own = new URL(document.currentScript?.src ?? location.href).origin;
  const dark = () => {
    for (const part of [document.body, document.documentElement]) {
      const [r, g, b, a = 1] = getComputedStyle(part).backgroundColor.match(/[\d.]+/g).map(Number);
      if (a > 0.5) return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
    }
    return false;
  };
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== own || data?.said !== SAID || !Number.isFinite(data.height)) return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow !== source) continue;
      frame.style.height = `${Math.min(data.height, 4000)}px`;
      source.postMessage({ said: SAID, dark: dark() }, own);
    }
  });
} else {
  const root = document.documentElement;
  const say = () => {
    window.parent.postMessage({ said: SAID, height: Math.ceil(document.body.getBoundingClientRect().height) }, '*');
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window.parent || data?.said !== SAID) return;
    root.dataset.theme = data.dark ? 'dark' : 'light';
  });
  new ResizeObserver(say).observe(document.body);
  document.fonts.ready.then(say);
}
