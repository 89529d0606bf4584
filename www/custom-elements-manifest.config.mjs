/** What the table of the element is made of; it goes where build/elements.ts says, and package.json stays as it is. */
export default { globs: ['src/element/*.ts'], litelement: true, packagejson: false, quiet: true };
