/** Registers the components that explain an answer, once; the page loads them when a panel opens. */
import { BreakPanel } from './break-panel';
import { FeatureMaps } from './feature-maps';
import { FitPanel } from './fit-panel';
import { HeatMap } from './heat-map';
import { OcclusionPanel } from './occlusion-panel';
import { RobustnessCurves } from './robustness-curves';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'break-panel': BreakPanel,
  'feature-maps': FeatureMaps,
  'fit-panel': FitPanel,
  'heat-map': HeatMap,
  'occlusion-panel': OcclusionPanel,
  'robustness-curves': RobustnessCurves,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
