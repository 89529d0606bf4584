/** A model drawn as its file holds it: a box a layer, from top to bottom, with shape, type, activation and parameters. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { Architecture, Layer } from '../../shapes.notebook';
import { shared } from '../../styles/shared';

/** The operator whose numbers are no parameters but what is looked up. */
export const STORE = 'Search';

/** A shape for one image as one for N images, as the input has it. */
function ofAny(shape: string): string {
  return shape.replace(/^\(1, /, '(N, ');
}

export class ModelDiagram extends LitElement {
  static override styles = [
    shared,
    css`
      ol {
        display: grid;
        gap: var(--space-4);
        max-width: calc(34 * var(--unit));
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-3);
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        background: var(--surface);
      }
      li.end {
        border-style: dashed;
        background: none;
      }
      /* The way from the box above. */
      li + li::before {
        content: '';
        position: absolute;
        inset-inline-start: calc(1.25 * var(--unit));
        bottom: 100%;
        height: var(--space-4);
        border-inline-start: 1.5px solid var(--line-strong);
      }
      li + li::after {
        content: '';
        position: absolute;
        inset-inline-start: calc(1.25 * var(--unit) - 3px);
        top: -6px;
        border: 4px solid transparent;
        border-bottom: 0;
        border-top: 6px solid var(--line-strong);
      }
      .what {
        font-weight: 600;
      }
      .what small {
        font: 400 var(--text-s) var(--font-text);
        color: var(--ink-soft);
      }
      .bend {
        display: inline-block;
        margin-inline-start: var(--space-1);
        padding: 0 var(--space-2);
        border-radius: var(--unit);
        background: var(--accent-wash);
        color: var(--accent);
        font-size: var(--text-s);
      }
      .shape {
        text-align: end;
      }
      .more {
        grid-column: 1 / -1;
        color: var(--ink-soft);
        font-size: var(--text-s);
        overflow-wrap: anywhere;
      }
      .number {
        font-size: var(--text-s);
      }
      @media (forced-colors: active) {
        .bend {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];
  static override properties = { architecture: { attribute: false }, input: { type: String } };

  declare architecture: Architecture;
  /** The shape that goes in, such as `(N, 1, 28, 28)`. */
  declare input: string;

  constructor() {
    super();
    this.architecture = { format: '', layers: [] };
    this.input = '';
  }

  #layer({ name, operator, detail, activation, shape, dtype, weights, parameters, sources }: Layer): TemplateResult {
    const { diagram } = t.notebook;
    const parts = [parameters > 0 ? (operator === STORE ? diagram.stored : diagram.parameters)(parameters) : '', sources.length > 1 ? diagram.sum(sources) : ''].filter((part) => part !== '');
    return html`<li>
      <span class="what"
        >${diagram.operator(operator)} ${detail ? html`<small>${diagram.detail(detail)}</small>` : nothing}${activation
          ? html`<span class="bend">${diagram.activation(activation)}</span>`
          : nothing}</span
      >
      <span class="shape number">${ofAny(shape) || diagram.unknown} ${dtype ? html`<span class="soft">${dtype}</span>` : nothing}</span>
      <span class="more"
        ><span class="number">${name}</span>${parts.map((part) => html` · ${part}`)}${weights ? html` · <span class="number">${weights}</span>` : nothing}</span
      >
    </li>`;
  }

  override render(): TemplateResult {
    const { diagram } = t.notebook;
    const { layers } = this.architecture;
    return html`<ol>
      <li class="end"><span class="what">${diagram.input}</span><span class="shape number">${this.input} <span class="soft">f32</span></span></li>
      ${layers.map((layer) => this.#layer(layer))}
      <li class="end"><span class="what">${diagram.output}</span><span class="shape number">${ofAny(layers.at(-1)?.shape ?? '')} <span class="soft">${layers.at(-1)?.dtype ?? ''}</span></span></li>
    </ol>`;
  }
}
