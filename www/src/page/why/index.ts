/** What the panels that explain an answer are made of, loaded when the first of them opens. */
export { elements } from '../../components/why';
export { Why } from './controller';
export { panel } from './view';
