// The text of a page saved from another site, one paragraph a line, as somebody would copy it.

// What stands in a line with other words; everything else is a paragraph of its own.
const INLINE = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'font', 'i',
  'img', 'ins', 'kbd', 'label', 'mark', 'q', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time',
  'tt', 'u', 'var', 'wbr']);
const UNREAD = new Set(['head', 'script', 'style', 'noframes', 'noscript', 'template', 'svg', 'math', 'iframe',
  'object', 'select', 'textarea', 'button', 'audio', 'video', 'canvas', 'rt', 'rp']);

/** The text of bytes: in the encoding that they name, else UTF-8, else what browsers take for it. */
export function decoded(bytes) {
  const head = String.fromCharCode(...bytes.subarray(0, 2048));
  const named = /^\ufeff|^\u00ef\u00bb\u00bf/.test(head) ? 'utf-8'
    : { '\u00ff\u00fe': 'utf-16le', '\u00fe\u00ff': 'utf-16be' }[head.slice(0, 2)]
      ?? /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  if (named) return new TextDecoder(named).decode(bytes);
  if (bytes.includes(0)) throw new TypeError(); // no text has such bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

// Parsed so, nothing is run; but browsers ask this page’s policy about styles and handlers even then, and
// complain. They get names of which no policy asks: `noframes` is parsed exactly as `style` is.
const unstyled = (html) => html.replace(/(<\/?)style(?=[\s/>])/gi, '$1noframes')
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])(?:on\w+|style)(?=\s*=)/gi, '$1title'));

/** The text of a page: its paragraphs with an empty line between, the breaks in one as lines. */
export function textOf(html) {
  // A document made so runs no script and loads nothing.
  const { body } = new DOMParser().parseFromString(unstyled(html), 'text/html');
  const found = [];
  let open = '';
  const end = () => {
    const text = open.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
    if (text) found.push(text);
    open = '';
  };
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) open += node.data.replace(/\s+/g, ' ');
    if (node.nodeType !== Node.ELEMENT_NODE || UNREAD.has(node.localName)) return;
    if (node.localName === 'br') { open += '\n'; return; }
    const inline = INLINE.has(node.localName);
    if (!inline) end();
    node.childNodes.forEach(read);
    if (!inline) end();
  };
  read(body);
  return found.join('\n\n');
}
