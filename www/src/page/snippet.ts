/** The lab of a link as HTML that another page can paste. */

/** How large the frame is unless that page says otherwise, in CSS pixels. */
const [WIDTH, HEIGHT] = [760, 640];

/** `link`: the page's address with the state behind its `#`. */
export function snippet(link: string): string {
  const { hash } = new URL(link);
  const address = new URL(`embed.html${hash}`, link).href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" title="Vitrine" width="${WIDTH}" height="${HEIGHT}" style="border: 0; max-width: 100%" loading="lazy" sandbox="allow-scripts allow-same-origin allow-downloads allow-popups" allow="camera; clipboard-write"></iframe>`;
}
