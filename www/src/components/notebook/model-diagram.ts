/** A model drawn as its file holds it: a box a layer, from top to bottom, with shape, type, activation and parameters. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { Diagram, LayerInfo } from '../../shapes.notebook';
import { shared } from '../../styles/shared';

/** A shape for one image as one for N images, as the input has it. */
function ofAny(shape: readonly number[]): string {
  return `(${shape.map((size, axis) => (axis === 0 && size === 1 ? 'N' : String(size))).join(', ')})`;
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
  static override properties = { diagram: { attribute: false }, input: { type: String } };

  declare diagram: Diagram;
  /** The shape that goes in, such as `(N, 1, 28, 28)`. */
  declare input: string;

  constructor() {
    super();
    this.diagram = { format: '', layers: [] };
    this.input = '';
  }

  #layer({ name, operator, detail, activation, shape, dtype, weights, parameters, stored, sources }: LayerInfo): TemplateResult {
    const { diagram } = t.notebook;
    const before = sources.map((at) => this.diagram.layers[at]?.name ?? '');
    const parts = [parameters > 0 ? diagram.parameters(parameters) : '', stored > 0 ? diagram.stored(stored) : '', before.length > 1 ? diagram.sum(before) : ''].filter((part) => part !== '');
    return html`<li>
      <span class="what"
        >${diagram.operator(operator)} ${detail ? html`<small>${diagram.detail(detail)}</small>` : nothing}${activation
          ? html`<span class="bend">${diagram.activation(activation)}</span>`
          : nothing}</span
      >
      <span class="shape number">${shape ? ofAny(shape) : diagram.unknown} ${dtype ? html`<span class="soft">${dtype}</span>` : nothing}</span>
      <span class="more"
        ><span class="number">${name}</span>${parts.map((part) => html` · ${part}`)}${weights.map((tensor) => html` · <span class="number">${tensor}</span>`)}</span
      >
    </li>`;
  }

  override render(): TemplateResult {
    const { diagram } = t.notebook;
    const { layers } = this.diagram;
    const last = layers.at(-1);
    return html`<ol>
      <li class="end"><span class="what">${diagram.input}</span><span class="shape number">${this.input} <span class="soft">f32</span></span></li>
      ${layers.map((layer) => this.#layer(layer))}
      <li class="end"><span class="what">${diagram.output}</span><span class="shape number">${last?.shape ? ofAny(last.shape) : ''} <span class="soft">${last?.dtype ?? ''}</span></span></li>
    </ol>`;
  }
}
