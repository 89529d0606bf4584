/** A page in any folder of a host. */
export default { base: '/', build: { assets: 'assets' }, devToolbar: { enabled: false } };
