/** Defines `<vitrine-classifier>`, with the files beside this script. */
import { artefacts } from '../artefacts/package';
import { VitrineClassifier } from './classifier';
import { defineClassifier } from './elements';

VitrineClassifier.artefacts ??= (base) => artefacts({ base });
defineClassifier();
