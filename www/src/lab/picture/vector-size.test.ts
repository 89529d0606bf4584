/** SVGs without a size: what they are given, and that nothing else of them changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSize } from './vector-size';

const SIDE = 1024;
/** Width and height of the root that comes back. */
const sizeOf = (svg: string): (string | undefined)[] | undefined => {
  const [root] = /<svg[^>]*>/.exec(withSize(svg, SIDE) ?? '') ?? [];
  return root === undefined ? undefined : [/ width="([^"]*)"/.exec(root)?.[1], / height="([^"]*)"/.exec(root)?.[1]];
};

describe('a picture without a size', () => {
  it.each([
    ['viewBox="0 0 20 40"', ['512', '1024']],
    ['viewBox="0,0,40,20"', ['1024', '512']],
    ["width='100%' height='100%' viewBox='-5 -5 40 20'", ['1024', '512']],
    ['width="0" height="0" viewBox="0 0 1 1"', ['1024', '1024']],
    ['width="40" viewBox="0 0 20 40"', ['512', '1024']],
    ['width="1em" height="2em" viewBox="0 0 20 40"', ['512', '1024']],
    ['width="-3" height="auto"', ['300', '150']],
    ['height="3cm"', ['300', '3cm']],
    ['viewBox="0 0 0 5"', ['300', '150']],
    ['viewBox="0 0 1e-320 5"', ['300', '150']],
    ['viewBox="none"', ['300', '150']],
    ['', ['300', '150']],
  ])('<svg %s> gets one', (attributes, size) => expect(sizeOf(`<svg ${attributes}><g/></svg>`)).toEqual(size));

  it.each(['width="4" height="2"', 'height="2mm" width="4.5in"', "width=' .5 ' height='1e3px' viewBox='0 0 1 1'"])('<svg %s> has one', (attributes) =>
    expect(withSize(`<svg ${attributes}/>`, SIDE)).toBeUndefined(),
  );

  it('is found behind what may stand before it, and changes nowhere else', () => {
    const before = '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- <svg width="1" height="1"> -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n';
    const inside = '<svg viewBox="0 0 2 2" width="7"/><rect id="a" width="100%"/></svg>';
    expect(withSize(`${before}<svg id='q"q' viewBox="0 0 2 1">${inside}`, SIDE)).toBe(`${before}<svg id="q&quot;q" viewBox="0 0 2 1" width="1024" height="512">${inside}`);
  });

  it.each(['<html><svg/></html>', '<svgx/>', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', '<!-- <svg>', '', '<?xml version="1.0" encoding="ISO-8859-1"?><svg/>'])('%s is left alone', (text) =>
    expect(withSize(text, SIDE)).toBeUndefined(),
  );

  it('is the same once it has one, whatever the text', () => {
    const piece = fc.constantFrom('<svg', ' width="', '"', "'", ' viewBox="0 0 1 2"', '>', '/>', '<!--', '-->', '<!DOCTYPE', '[', ']', '<?', '?>', '%', '5', ' ', '=', ' height=', 'encoding="');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const once = withSize(pieces.join(''), SIDE);
        if (once !== undefined) expect(withSize(once, SIDE)).toBeUndefined();
      }),
    );
  });

  it('takes no longer for a long text than reading it', () => {
    for (const text of ['<!--', '<!DOCTYPE [', '<svg a="', '<svg' + ' a=""', ' ', '<?', '<!DOCTYPE svg>']) withSize(text.repeat(1_000_000 / text.length), SIDE);
  });
});
