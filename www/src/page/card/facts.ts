/** What a card says of a model beyond what it is: its committed figures, and how it was made, as its history has it. */
import type { Fact } from '../../components/card/model-card';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import { dossiers, files } from '../notebook/dossiers';
import { epochsOf, teachersOf } from '../notebook/provenance';

const of = (model: ModelId): (typeof dossiers)[number] | undefined => dossiers.find((dossier) => dossier.model === model);

/** Its accuracy, where it was measured, and its size. */
export function figuresOf(model: ModelId): Fact[] {
  const dossier = of(model);
  if (!dossier) return [];
  const { measured, bytes } = dossier;
  const [low = 0, high = 1] = measured?.interval ?? [];
  const accuracy = measured && t.cards.accuracy(t.metrics.figure(measured.accuracy), t.metrics.between(low, high));
  return [...(accuracy === undefined ? [] : [[t.metrics.accuracy, accuracy] as const]), [t.notebook.models.file, t.size(bytes)]];
}

/** Its runs of training, and who taught it; of an index what it has in their place. */
export function madeOf(model: ModelId): Fact[] {
  const history = of(model)?.history;
  const { models } = t.notebook;
  if (!history) return of(model) ? [[models.facts, t.cards.memory]] : [];
  return [
    [models.epochs, epochsOf(history.hyperparameters, history.epochs.length)],
    [models.taughtBy, teachersOf(history.hyperparameters, files) ?? t.cards.alone],
    [models.images, models.trainedOn(history.training_images, history.validation_images)],
    [models.time, models.duration(history.total_seconds + (history.validated?.total_seconds ?? 0))],
  ];
}
