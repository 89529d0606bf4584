/** The texts of the language in use. */
export { en as t } from './en';
