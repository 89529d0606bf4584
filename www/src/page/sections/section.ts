/** A section of the page below the lab: it appears in the list of sections, and `#at=id` leads to it. */
import type { TemplateResult } from 'lit';
import type { Lab } from '../../lab/controller';
import type { Elements } from '../../register';
import type { Measuring } from '../measurement';

/** What sections show and act on. */
export interface Page {
  readonly lab: Lab;
  readonly measuring: Measuring;
}

export interface Section {
  /** Lower-case letters. */
  readonly id: string;
  readonly title: () => string;
  /** A short name for the list of sections; the title when there is none. */
  readonly short?: () => string;
  /** A paragraph under the title. */
  readonly lede?: () => string;
  /** Whether what it renders has headings of its own. */
  readonly headed?: boolean;
  /** Elements that it brings, under their names. */
  readonly elements?: Elements;
  readonly render: (page: Page) => TemplateResult;
}
