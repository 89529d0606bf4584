/** What a worker of the test build says before it fails; a word that the product must not contain. */
export const MARK = 'vitrine-faults';
