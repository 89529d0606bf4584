/**
 * Gives an SVG a width and a height where its root lacks one: browsers disagree about the size of such a picture, and draw
 * nothing of one whose size is 0. Read as text: what a parser makes is under the page's policy, and may fetch.
 */

/** CSS 2.1, 10.3.2: the size of what has neither a size nor a shape of its own. */
const DEFAULT = { width: '300', height: '150' };

/** What may stand before the root element, piece by piece. */
const BEFORE = /\uFEFF|\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>/y;
const ATTRIBUTE = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
/** A length that does not depend on what is around. */
const ABSOLUTE = /^\s*\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?(?:px|pt|pc|mm|cm|in|q)?\s*$/i;

/** `svg` with such a root; by its view box it is `side` pixels long. `undefined` when it has a size, or cannot be read here. */
export function withSize(svg: string, side: number): string | undefined {
  // What is read here is UTF-8.
  if (/^[^>]*encoding=["'](?!utf-8)/i.test(svg)) return undefined;
  const start = rootOf(svg);
  if (start === undefined) return undefined;
  const attributes = new Map<string, string>();
  let end = start;
  for (let match = at(ATTRIBUTE, svg, end); match; match = at(ATTRIBUTE, svg, end)) {
    const [whole, name = '', double, single] = match;
    attributes.set(name, double ?? single ?? '');
    end += whole.length;
  }
  const [width, height] = [length(attributes.get('width')), length(attributes.get('height'))];
  if (width !== undefined && height !== undefined) return undefined;
  const box = (attributes.get('viewBox') ?? '').trim().split(/[\s,]+/, 4).map(Number);
  const [, , across = 0, down = 0] = box;
  // Without a view box, numbers in the drawing are pixels: it cannot be made larger.
  const isScalable = Number.isFinite(side / across) && Number.isFinite(side / down) && across > 0 && down > 0;
  const scale = side / Math.max(across, down);
  attributes.set('width', isScalable ? String(across * scale) : (width ?? DEFAULT.width));
  attributes.set('height', isScalable ? String(down * scale) : (height ?? DEFAULT.height));
  const written = Array.from(attributes, ([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
  return svg.slice(0, start) + written.join('') + svg.slice(end);
}

/** Where the root's attributes begin. */
function rootOf(svg: string): number | undefined {
  let from = 0;
  for (let match = at(BEFORE, svg, from); match; match = at(BEFORE, svg, from)) from += match[0].length;
  return /^<svg[\s/>]/.test(svg.slice(from, from + 5)) ? from + 4 : undefined;
}

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** `text` when it is an absolute length above 0. */
function length(text: string | undefined): string | undefined {
  return text !== undefined && ABSOLUTE.test(text) && Number.parseFloat(text) > 0 ? text : undefined;
}
