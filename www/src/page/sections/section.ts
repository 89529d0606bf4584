/** What a file in this folder exports as `section`: a part of the page below the lab. list.ts has its title and its place. */
import type { TemplateResult } from 'lit';
import type { Lab } from '../../lab/controller';
import type { Elements } from '../../register';
import type { Measuring } from '../measurement';
import type { Views } from '../views';

/** What sections show and act on. */
export interface Page {
  readonly lab: Lab;
  readonly measuring: Measuring;
  readonly views: Views;
}

export interface Section {
  /** A paragraph under the title. */
  readonly lede?: () => string;
  /** Whether what it renders has headings of its own. */
  readonly headed?: boolean;
  /** Elements that it brings, under their names. */
  readonly elements?: Elements;
  readonly render: (page: Page) => TemplateResult;
}
