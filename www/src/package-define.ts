/** What `import 'vitrine-classifier/define'` does: it defines the element. */
import './element/define';

export * from './package';
