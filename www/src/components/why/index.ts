/** The components that explain an answer under their names; the page loads them when a panel opens. */
import type { Elements } from '../../register';
import { BreakPanel } from './break-panel';
import { FeatureMaps } from './feature-maps';
import { FitPanel } from './fit-panel';
import { HeatMap } from './heat-map';
import { MapSheet } from './map-sheet';
import { OcclusionPanel } from './occlusion-panel';
import { RobustnessCurves } from './robustness-curves';

export const elements = {
  'vitrine-break-panel': BreakPanel,
  'vitrine-feature-maps': FeatureMaps,
  'vitrine-fit-panel': FitPanel,
  'vitrine-heat-map': HeatMap,
  'vitrine-map-sheet': MapSheet,
  'vitrine-occlusion-panel': OcclusionPanel,
  'vitrine-robustness-curves': RobustnessCurves,
} satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-break-panel': BreakPanel;
    'vitrine-feature-maps': FeatureMaps;
    'vitrine-fit-panel': FitPanel;
    'vitrine-heat-map': HeatMap;
    'vitrine-map-sheet': MapSheet;
    'vitrine-occlusion-panel': OcclusionPanel;
    'vitrine-robustness-curves': RobustnessCurves;
  }
}
