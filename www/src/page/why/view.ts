/** What stands in each panel that explains an answer; loaded when the first of them opens. */
import { html, nothing, type TemplateResult } from 'lit';
import metrics from '../../../../models/metrics.json';
import { absence } from '../../components/absence';
import { passFocus } from '../../components/focus';
import { foreign } from '../../components/foreign';
import type { DistortionChangeEvent, MapsChangeEvent, MeasureChangeEvent, ModelChangeEvent, TargetChangeEvent } from '../../components/why/events';
import { classNames } from '../../lab/classes';
import type { State } from '../../lab/state';
import { memo } from '../../memo';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { NoveltyFigures, Robustness } from '../../shapes.why';
import type { PanelName, Why } from './controller';

/** Parts of metrics.json that a build may lack. */
const { robustness, novelty } = metrics as unknown as { readonly robustness?: Robustness; readonly novelty?: NoveltyFigures };

/** The content of one panel. */
export function panel(name: PanelName, why: Why, page: State): TemplateResult {
  const problem = why.state.problem;
  return html`${problem === undefined
    ? nothing
    : html`<p class="problem">${foreign(problem())} <button type="button" @click=${(event: Event) => retry(event, () => why.resume())}>${t.why.again}</button></p>`}
  ${why.state.pixels === undefined && name !== 'fit' ? html`<p class="invitation soft">${t.why.blank}</p>` : contents[name](why, page)}`;
}

/** Tries again what failed in a panel; the focus goes to the panel's summary. */
function retry({ currentTarget }: Event, act: () => void): void {
  passFocus((currentTarget as Element).closest('details')?.querySelector('summary'));
  act();
}

type Content = (why: Why, page: State) => TemplateResult | typeof nothing;

const readyOf = memo((models: State['models'], statuses: State['statuses']): ModelId[] => models.filter((model) => statuses.get(model)?.kind === 'ready'));
/** Those that are shown and have loaded. */
const ready = ({ shown, statuses }: State): ModelId[] => readyOf(shown, statuses);
const layered = memo((models: State['models'], layers: Why['state']['layers']): ModelId[] => models.filter((model) => layers.get(model) !== undefined));

const contents: Readonly<Record<PanelName, Content>> = {
  occlusion: (why, page) => {
    const { occlusions, grey, target, measure, running, stopped, layers, network, maps } = why.state;
    return html`<vitrine-occlusion-panel
        .models=${ready(page)}
        .occlusions=${occlusions}
        .grey=${grey}
        .classes=${classNames(page.classes)}
        .target=${target}
        .measure=${measure}
        .running=${running || (!stopped && !why.complete)}
        .complete=${why.complete}
        @target-change=${({ label }: TargetChangeEvent) => why.choose({ target: label })}
        @measure-change=${({ measure }: MeasureChangeEvent) => why.choose({ measure })}
        @occlusion-stop=${() => why.stop()}
        @occlusion-resume=${() => why.resume()}
      ></vitrine-occlusion-panel>
      <vitrine-feature-maps
        .models=${layered(page.shown, layers)}
        .model=${network}
        .layers=${network === undefined ? undefined : layers.get(network)}
        .seen=${maps}
        @maps-change=${({ part }: MapsChangeEvent) => why.show(part)}
        @model-change=${({ model }: ModelChangeEvent) => why.choose({ network: model })}
      ></vitrine-feature-maps>`;
  },

  fit: (why, page) => {
    const { densities, absent, pixels } = why.state;
    if (absent) return html`<div class="problem">${absence(absent, (event) => retry(event, () => void why.explore()))}</div>`;
    if (!densities) return html`<p class="soft patient">${t.why.loading}</p>`;
    return html`<vitrine-fit-panel
      .pixels=${pixels}
      .novelty=${pixels && page.novelty}
      .densities=${densities}
      .figures=${novelty}
    ></vitrine-fit-panel>`;
  },

  break: (why, page) => {
    const { distortion, grey, changed, answers, novelty: unlike } = why.state;
    return html`<vitrine-break-panel
      .distortion=${distortion}
      .grey=${grey}
      .changed=${changed}
      .models=${ready(page)}
      .original=${page.answers}
      .current=${changed ? answers : page.answers}
      .novelty=${[page.novelty, changed ? unlike : page.novelty]}
      .classes=${classNames(page.classes)}
      .robustness=${robustness}
      @distortion-change=${({ part }: DistortionChangeEvent) => why.distort(part)}
      @distortion-reset=${() => why.restore()}
      @distortion-reseed=${() => why.reseed()}
    ></vitrine-break-panel>`;
  },
};
